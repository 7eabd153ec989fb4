// Work beside the conversation, with the real daemon and the real `claude`: listed, moved there, stopped, ended, and the turns
// that Claude then starts by itself.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { DaemonClient, LogEvent } from '../testing/daemon-client.ts';
import { startTalk, type Talk } from '../testing/talk.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';
import { until } from '../testing/until.ts';

let daemon: TestDaemon;
let client: DaemonClient;

beforeAll(async () => {
  daemon = await startTestDaemon();
  ({ client } = daemon);
});

afterAll(() => daemon.close());

const isTask = (type: string) => (event: LogEvent) => event.type === `task.${type}`;

/** Runs a command that waits until the file `name` is there; gives the task's id once the turn is over. */
async function waitingFor(talk: Talk, name: string): Promise<string> {
  const events = await talk.allowing(`[[bashbg ${untilThere(name)}]]`);
  return String(events.find(isTask('started'))?.['taskId']);
}

const untilThere = (name: string) => `until test -e ${name}; do sleep 0.2; done; touch ${name}.seen`;
const touch = (name: string) => writeFileSync(join(daemon.project, name), '');
/** Whether a process of this computer still waits for the file. */
const isWaitingFor = (name: string) =>
  readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry) && existsSync(`/proc/${entry}/cmdline`))
    .some((pid) => commandLine(pid).includes(`until test -e ${name};`));

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // It ended between the listing and the look.
    return '';
  }
}
const isSelfStarted = (event: LogEvent) =>
  event.type === 'turn.finished' && event['origin'] === 'task-notification';

describe('a background task', { timeout: 60_000 }, () => {
  test('outlives its turn; its end starts a turn that says so', async () => {
    const talk = await startTalk(daemon);
    const taskId = await waitingFor(talk, 'first');
    touch('first');
    const events = await talk.next(isSelfStarted);
    const ended = events.find(isTask('finished'));
    expect({ taskId: ended?.['taskId'], status: ended?.['status'] }).toEqual({
      taskId,
      status: 'completed',
    });
    expect(events.filter((event) => event.type === 'message.sent')).toEqual([]);
  });

  test('is stopped on request, once', async () => {
    const talk = await startTalk(daemon);
    const { conversationId } = talk;
    const taskId = await waitingFor(talk, 'never');
    await until('the command to run', () => isWaitingFor('never'));
    await client.command('task.stop', { conversationId, taskId });
    const events = await talk.next(isTask('finished'));
    expect(events.map((event) => event.type)).toContain('task.stopRequested');
    expect(events.at(-1)).toMatchObject({ taskId, status: 'stopped' });
    await expect(client.command('task.stop', { conversationId, taskId })).rejects.toThrow('no_task');
    await until('the command to be gone', () => !isWaitingFor('never'));
  });

  test('survives a SIGKILL of the daemon, is not reaped as idle after it, and can still be stopped', async () => {
    const impatient = await startTestDaemon({ env: { PORCHLIGHT_IDLE_MINUTES: '0.01' } });
    try {
      const talk = await startTalk(impatient);
      const { conversationId } = talk;
      const taskId = await waitingFor(talk, 'kept');
      await impatient.stop('SIGKILL');
      await impatient.start();
      // Its idle time begins later, so that the other's is over too when this one is.
      const idle = await startTalk(impatient);
      await idle.allowing('[[text one]]');
      await idle.next((event) => event.type === 'run.ended');
      const before = await events(impatient, conversationId);
      await impatient.client.command('task.stop', { conversationId, taskId });
      await talk.next(isTask('finished'));
      expect(before.map((event) => event.type)).not.toContain('run.ended');
    } finally {
      await impatient.close();
    }
  });

  test('ends honestly when its run does', async () => {
    const talk = await startTalk(daemon);
    const taskId = await waitingFor(talk, 'lost');
    await killClaude(talk);
    const all = await talkEvents(talk);
    expect(all.filter(isTask('finished'))).toMatchObject([{ taskId, status: 'stopped' }]);
    // A claude that was killed outright leaves its command running.
    touch('lost');
  });

  test('may be a command that the turn waits for', async () => {
    const talk = await startTalk(daemon);
    const { conversationId } = talk;
    const refused = client.command('task.background', { conversationId });
    await expect(refused).rejects.toThrow('no_turn');
    await talk.say(`[[bash ${untilThere('moved')}]]`);
    await talk.answer(await talk.asked(), { behavior: 'allow' });
    const started = (await talk.next(isTask('started'))).at(-1);
    await client.command('task.background', { conversationId, toolId: String(started?.['toolId']) });
    const turn = await talk.ended();
    expect(turn.map((event) => event.type)).not.toContain('task.finished');
    touch('moved');
    const after = await talk.next(isSelfStarted);
    expect(after.find(isTask('finished'))).toMatchObject({
      taskId: started?.['taskId'],
      status: 'completed',
    });
  });

  test('may be an agent, whose doings are told', async () => {
    const talk = await startTalk(daemon);
    const events = await talk.allowing('[[taskbg {{bash sleep 1; echo from the agent}}]]');
    const rest = await talk.next(isSelfStarted);
    const all = [...events, ...rest];
    const started = all.find(isTask('started'));
    expect(started).toMatchObject({ kind: 'local_agent', description: 'Look around' });
    expect(all.find(isTask('progressed'))).toMatchObject({ toolUses: 1, lastTool: 'Bash' });
    const nested = all.filter((event) => event['parentToolId'] === started?.['toolId']);
    expect(nested.map((event) => event.type)).toContain('text.finished');
  });
});

/** How often the API was asked for a title. */
const titlesAsked = () =>
  daemon.api.requests.filter(({ body, picked }) => !picked && /title/i.test(body?.system ?? '')).length;

describe('a title', { timeout: 60_000 }, () => {
  const isRenamed = (event: LogEvent) => event.type === 'conversation.renamed' && event['by'] === 'claude';

  test('is made by Claude after the first turn, once, and told in the list', async () => {
    const before = titlesAsked();
    const talk = await startTalk(daemon);
    await talk.say('Please mend the [[text lamp]] in the hall');
    const events = await talk.next(isRenamed);
    await talk.allowing('[[text more]]');
    const all = await talkEvents(talk);
    const { conversations } = await client.command('conversation.list', {});
    const listed = conversations.find((c) => c.conversationId === talk.conversationId);
    expect(titlesAsked()).toBe(before + 1);
    expect(events.at(-1)?.['title']).toBe('Please mend the text lamp');
    expect(listed?.title).toBe('Please mend the text lamp');
    expect(all.filter(isRenamed)).toHaveLength(1);
  });

  test('of the person is left alone', async () => {
    const before = titlesAsked();
    const talk = await startTalk(daemon, { title: 'Mine' });
    await talk.allowing('[[text one]]');
    await talk.allowing('[[text two]]');
    const other = await startTalk(daemon);
    await client.command('conversation.rename', { conversationId: other.conversationId, title: 'Also mine' });
    await other.allowing('[[text one]]');
    await other.allowing('[[text two]]');
    const all = [...(await talkEvents(talk)), ...(await talkEvents(other))];
    expect(all.filter(isRenamed)).toEqual([]);
    expect(titlesAsked()).toBe(before);
  });
});

/** So that it cannot say anything any more; at a SIGTERM it tells of its tasks itself. */
async function killClaude(talk: Talk): Promise<void> {
  const started = (await talkEvents(talk)).findLast((event) => event.type === 'run.started');
  const path = join(daemon.home, 'runs', String(started?.['runId']), 'run.json');
  process.kill(JSON.parse(readFileSync(path, 'utf8')).pid, 'SIGKILL');
  await talk.next((event) => event.type === 'run.ended');
}

const talkEvents = (talk: Talk) => events(daemon, talk.conversationId);

/** All that is in the log now. */
async function events({ client }: TestDaemon, conversationId: string): Promise<LogEvent[]> {
  const { body } = await client.fetch(`/api/logs/${conversationId}/events?after=0`, {
    headers: { authorization: `Bearer ${client.token}`, accept: 'application/json' },
  });
  return JSON.parse(body).events;
}
