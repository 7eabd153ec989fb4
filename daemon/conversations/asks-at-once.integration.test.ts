// Several requests at once, from agents that work side by side: answered out of order, from two devices, over a crash of the
// daemon. Each is answered exactly once and nothing is asked twice. With the real daemon and the real `claude`.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDaemonClient, type DaemonClient, type LogEvent } from '../testing/daemon-client.ts';
import { isRequest, startTalk, type Talk, toldOf } from '../testing/talk.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';
import { until } from '../testing/until.ts';

let daemon: TestDaemon;
let tablet: DaemonClient;

beforeEach(async () => {
  daemon = await startTestDaemon();
  const { stdout } = await daemon.run('token', 'create', '--name', 'tablet', '--json');
  tablet = createDaemonClient({ url: daemon.url, home: daemon.home, token: JSON.parse(stdout).token });
});

afterEach(() => daemon.close());

const commandOf = (request: LogEvent) => String((request['input'] as Record<string, unknown>)['command']);
const exists = (name: string) => existsSync(join(daemon.project, name));

/** Three agents, each of which asks whether it may touch a file; the requests by file. */
async function threeRequests(talk: Talk): Promise<{ one: LogEvent; two: LogEvent; three: LogEvent }> {
  await talk.say('[[agents touch one.txt; touch two.txt; touch three.txt]]');
  const requests: LogEvent[] = [];
  while (requests.length < 3) requests.push(...(await talk.next(isRequest)).filter(isRequest));
  const about = (name: string) => {
    const found = requests.find((request) => commandOf(request) === `touch ${name}`);
    if (!found) throw new Error(`nobody asked about ${name}`);
    return found;
  };
  return { one: about('one.txt'), two: about('two.txt'), three: about('three.txt') };
}

const finished =
  (...requests: LogEvent[]) =>
  (event: LogEvent) =>
    event.type === 'tool.finished' && requests.some((request) => request['toolId'] === event['toolId']);

const allEvents = async (conversationId: string): Promise<LogEvent[]> => {
  const headers = { accept: 'application/json' };
  const { body } = await daemon.client.fetch(`/api/logs/${conversationId}/events?after=0`, { headers });
  return JSON.parse(body).events;
};

test('three requests are answered out of order from two devices, with a crash in between', async () => {
  const talk = await startTalk(daemon);
  const { conversationId } = talk;
  const { one, two, three } = await threeRequests(talk);
  expect(talk.view.requests.map((request) => request.requestId).toSorted()).toEqual(
    [one, two, three].map((request) => String(request['requestId'])).toSorted(),
  );
  const answer = (client: DaemonClient, request: LogEvent, behavior: 'allow' | 'deny') =>
    client.command('permission.answer', {
      conversationId,
      requestId: String(request['requestId']),
      behavior,
      message: `said about ${commandOf(request)}`,
    });

  await answer(daemon.client, three, 'allow');
  await talk.next(finished(three));
  await daemon.stop('SIGKILL');
  await daemon.start();
  await expect(answer(tablet, three, 'deny')).rejects.toThrow('already_answered');

  // Acknowledged is answered, also when the daemon has no time left to tell Claude.
  await answer(tablet, one, 'allow');
  await daemon.stop('SIGKILL');
  await daemon.start();
  await talk.next(finished(one));
  await expect(answer(daemon.client, one, 'deny')).rejects.toThrow('already_answered');

  const outcomes = await Promise.allSettled([
    answer(daemon.client, two, 'deny'),
    answer(tablet, two, 'deny'),
  ]);
  expect(outcomes.map((outcome) => outcome.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  await talk.next(finished(two));

  expect(['one.txt', 'two.txt', 'three.txt'].map(exists)).toEqual([true, false, true]);
  const told = await until('the agent to tell the API', () => toldOf(daemon.api, two['toolId']));
  expect(told).toEqual({ text: 'said about touch two.txt', isError: true });
  const events = await allEvents(conversationId);
  const idsOf = (type: string) =>
    events.filter((event) => event.type === type).map((event) => event['requestId']);
  expect(idsOf('permission.requested')).toHaveLength(3);
  expect(idsOf('permission.answered')).toEqual([three, one, two].map((request) => request['requestId']));
  const devices = new Set(
    events.filter((event) => event.type === 'permission.answered').map((event) => event['deviceId']),
  );
  expect(devices.size).toBe(2);
});

test('a request is still whole when a later turn has begun before it is answered', async () => {
  const talk = await startTalk(daemon);
  const { one, two, three } = await threeRequests(talk);
  await talk.answer(three, { behavior: 'allow' });
  // The agent that is done makes Claude take a turn by itself.
  await talk.next((event) => event.type === 'turn.finished' && event['origin'] === 'task-notification');
  await talk.answer(one, { behavior: 'allow' });
  await talk.next(finished(one));
  await daemon.stop();
  await daemon.start();
  await talk.answer(two, { behavior: 'allow' });
  await talk.next(finished(two));
  expect(['one.txt', 'two.txt', 'three.txt'].map(exists)).toEqual([true, true, true]);
});

test('a run whose agents wait for an answer is not ended for being idle', async () => {
  const idle = await startTestDaemon({ env: { PORCHLIGHT_IDLE_MINUTES: '0.005' } });
  try {
    const waiting = await startTalk(idle);
    const { one } = await threeRequests(waiting);
    // Another one, begun later, is ended: by then the first would have been, too.
    const other = await startTalk(idle);
    const isEnd = (event: LogEvent) => event.type === 'run.ended';
    await other.allowing('[[text one]]');
    await other.next(isEnd);
    // A daemon that starts again does not know how busy the run is, but it knows what is asked.
    await idle.stop('SIGKILL');
    await idle.start();
    await other.allowing('[[text two]]');
    await other.next(isEnd);
    await waiting.answer(one, { behavior: 'allow' });
    await waiting.next(finished(one));
    expect(existsSync(join(idle.project, 'one.txt'))).toBe(true);
  } finally {
    await idle.close();
  }
});
