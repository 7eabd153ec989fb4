// Every way in which Claude's API can fail: what the log says of it, what is tried again and why, and that the next message
// works. Through the daemon, with the pinned `claude`. Logins and limits are in login-failures.integration.test.ts.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { LogEvent } from '../testing/daemon-client.ts';
import { startScriptedApi } from '../testing/scripted-api/server.ts';
import { startTalk, type Talk } from '../testing/talk.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';

let daemon: TestDaemon;
let talk: Talk;

beforeAll(async () => {
  daemon = await startTestDaemon({ env: { CLAUDE_CODE_MAX_RETRIES: '1' } });
  talk = await startTalk(daemon);
});

afterAll(() => daemon.close());

const retriesIn = (events: readonly LogEvent[]) =>
  events
    .filter((event) => event.type === 'retry.scheduled')
    .map((event) => [event['attempt'], event['maxAttempts'], event['status'], event['error']]);

/** What is shown as said since this message, not counting the message itself. */
function textsSince(message: string): string[] {
  const items = talk.view.pages.flat();
  const from = items.findLastIndex((item) => item.kind === 'message' && item.text === message);
  return items.slice(from + 1).flatMap((item) => (item.kind === 'text' ? [item.text] : []));
}

async function expectNextToWork(): Promise<void> {
  const events = await talk.allowing('[[text fine]]');
  expect(events.at(-1)).toMatchObject({ outcome: 'completed', error: null });
  expect(textsSince('[[text fine]]')).toEqual(['fine']);
}

interface Failure {
  readonly message: string;
  /** The last receipt says it; nothing else does. */
  readonly error: string;
  readonly cause: string;
  /** attempt, of how many, HTTP status, the CLI's word for it */
  readonly retries: readonly (readonly unknown[])[];
}

const gateway = expect.stringMatching(/check your inference gateway \(127\.0\.0\.1:\d+\)\.$/);

const failures: readonly Failure[] = [
  {
    message: '[[e400]]',
    error: 'API Error: 400 messages: something is wrong',
    cause: 'unknown',
    retries: [],
  },
  { message: '[[toolong]]', error: 'Prompt is too long', cause: 'invalid_request', retries: [] },
  { message: '[[credit]]', error: 'Credit balance is too low', cause: 'billing_error', retries: [] },
  {
    message: '[[e401]]',
    error: 'Invalid API key · Fix external API key',
    cause: 'authentication_failed',
    retries: [[1, 1, 401, 'authentication_failed']],
  },
  {
    message: '[[e403]]',
    error: 'Failed to authenticate. API Error: 403 Your account does not have access to Claude',
    cause: 'authentication_failed',
    retries: [],
  },
  {
    message: '[[e404]]',
    error: expect.stringMatching(/^There's an issue with the selected model \(.+\)\. It may not exist/),
    cause: 'model_not_found',
    retries: [],
  },
  {
    message: '[[e413]]',
    error: expect.stringMatching(/^Request too large \(max 32MB\)\./),
    cause: 'invalid_request',
    retries: [],
  },
  {
    message: '[[e429]]',
    error: 'API Error: Request rejected (429) · Rate limited',
    cause: 'rate_limit',
    retries: [[1, 1, 429, 'rate_limit']],
  },
  { message: '[[e500]]', error: gateway, cause: 'server_error', retries: [[1, 1, 500, 'server_error']] },
  { message: '[[e529]]', error: gateway, cause: 'server_error', retries: [[1, 1, 529, 'overloaded']] },
  {
    message: '[[cut]]',
    error: expect.stringMatching(/^API Error: Connection dropped \(ECONNRESET\)\./),
    cause: 'server_error',
    retries: [[1, 1, null, 'unknown']],
  },
];

describe('a turn that fails says why, and the next message works', () => {
  test.each(failures)('$message', async ({ message, error, cause, retries }) => {
    const events = await talk.allowing(message);
    expect(events.at(-1)).toMatchObject({ type: 'turn.finished', outcome: 'failed', error, cause });
    expect(retriesIn(events)).toEqual(retries);
    expect(events.filter((event) => event.type === 'line.kept')).toEqual([]);
    expect(textsSince(message)).toEqual([]);
    await expectNextToWork();
  });
});

describe('a turn that comes right by itself', () => {
  test('after an overloaded server', async () => {
    const events = await talk.allowing('[[e529 1]]');
    expect(retriesIn(events)).toEqual([[1, 1, 529, 'overloaded']]);
    expect(events.at(-1)).toMatchObject({ outcome: 'completed', error: null });
    expect(textsSince('[[e529 1]]')).toEqual(['worked after 1 failures']);
  });

  test('after a line that broke in mid-answer shows the whole answer once', async () => {
    const message = '[[breaks once 1]]';
    await talk.say(message);
    await talk.next((event) => event.type === 'text.delta');
    expect(textsSince(message)).toEqual(['half an answer, then ']);
    daemon.api.release('once');
    const events = await talk.ended();
    expect(retriesIn(events)).toEqual([[1, 1, null, 'unknown']]);
    expect(textsSince(message)).toEqual(['the whole answer']);
  });

  test('after a stream that failed in mid-answer shows the whole answer once', async () => {
    await talk.allowing('[[midstream 1]]');
    expect(textsSince('[[midstream 1]]')).toEqual(['the whole answer']);
  });

  test('after the length limit, in two parts', async () => {
    const events = await talk.allowing('[[maxtok]]');
    expect(textsSince('[[maxtok]]')).toEqual(['This was cut', 'and this is the rest']);
    expect(events.at(-1)).toMatchObject({ outcome: 'completed' });
  });

  test('after Claude refused, with a word about it', async () => {
    const events = await talk.allowing('[[refuse]]');
    expect(events.filter((event) => event.type === 'notice.raised')).toMatchObject([
      { severity: 'info', text: expect.stringContaining('safeguards stopped the response above') },
    ]);
    await expectNextToWork();
  });
});

test('a line that breaks for good leaves no half answer behind', async () => {
  const message = '[[breaks always]]';
  await talk.say(message);
  await talk.next((event) => event.type === 'text.delta');
  daemon.api.release('always');
  await daemon.api.waiting('always');
  daemon.api.release('always');
  const events = await talk.ended();
  expect(events.at(-1)).toMatchObject({ outcome: 'failed', cause: 'server_error' });
  expect(textsSince(message)).toEqual([]);
  await expectNextToWork();
});

test('an API that cannot be reached is said, and the next message works once it is back', async () => {
  const first = await startScriptedApi();
  const lonely = await startTestDaemon({ api: first, env: { CLAUDE_CODE_MAX_RETRIES: '1' } });
  try {
    const other = await startTalk(lonely);
    await first.close();
    const events = await other.allowing('[[text nobody hears]]');
    expect(retriesIn(events)).toEqual([[1, 1, null, 'unknown']]);
    expect(events.at(-1)).toMatchObject({
      outcome: 'failed',
      error: 'API Error: Connection refused — a firewall or proxy may be blocking it (ECONNREFUSED)',
    });
    const second = await startScriptedApi({ port: Number(new URL(first.url).port) });
    const after = await other.allowing('[[text back]]');
    expect(after.at(-1)).toMatchObject({ outcome: 'completed' });
    await second.close();
  } finally {
    await lonely.close();
  }
});
