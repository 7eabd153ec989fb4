// What `claude` may do wrong: die, hang, flood, print what nobody understands. Each ends in a result or in an honest
// "interrupted", the next message works, and no process is left.
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LogEvent } from '../testing/daemon-client.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';
import { until } from '../testing/until.ts';

const faulty = fileURLToPath(new URL('../testing/faulty-claude.mjs', import.meta.url));
let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon({ claude: 'bin/claude' });
  mkdirSync(join(daemon.folder, 'bin'));
  symlinkSync(faulty, join(daemon.folder, 'bin', 'claude'));
  await daemon.client.command('claude.check', {});
});

afterAll(() => daemon.close());

const isEnd = ({ type }: LogEvent) => type === 'turn.finished' || type === 'turn.interrupted';
const create = async () =>
  (await daemon.client.command('conversation.create', { cwd: daemon.project })).conversationId;
const say = (conversationId: string, text: string) =>
  daemon.client.command('message.send', { conversationId, clientId: crypto.randomUUID(), text });

/** What a conversation heard from the message to the turn's end, and that all goes on well after it. */
async function endOf(text: string): Promise<{ conversationId: string; events: LogEvent[] }> {
  const conversationId = await create();
  await say(conversationId, text);
  const events = await daemon.client.readUntil(conversationId, isEnd);
  await goesOn(conversationId, events);
  return { conversationId, events };
}

async function goesOn(conversationId: string, events: readonly LogEvent[]): Promise<void> {
  await say(conversationId, '[[well]]');
  const isAnswer = (event: LogEvent) => event.type === 'turn.finished';
  const after = await daemon.client.readUntil(conversationId, isAnswer, { after: events.length });
  expect(after.map((event) => event['text'])).toContain('well');
}

test.each([
  ['is killed', '[[crash]]', 'Claude stopped unexpectedly (SIGKILL).'],
  ['leaves without a result', '[[leave]]', 'Claude stopped unexpectedly (exit code 0).'],
  ['fails with words', '[[fail]]', 'Claude stopped unexpectedly (exit code 1): It broke: out of luck'],
  ['ends in the middle of a line', '[[half]]', 'Claude stopped unexpectedly (exit code 0).'],
])('claude %s: the turn is interrupted and says why', async (_name, text, reason) => {
  const { events } = await endOf(text);
  expect(events.at(-1)).toMatchObject({ type: 'turn.interrupted', reason });
});

test.each([
  ['lines that are no protocol', '[[garbage]]', 'after the garbage'],
  ['bytes that are no text', '[[bytes]]', 'after the bytes'],
  ['a line of 32 MB', '[[large]]', 'after the large line'],
  ['200,000 deltas at once', '[[flood]]', 'after the flood'],
])('claude prints %s: the turn goes on to its end', async (_name, text, words) => {
  const { events } = await endOf(text);
  expect(events.at(-1)).toMatchObject({ type: 'turn.finished', outcome: 'completed' });
  expect(events.map((event) => event['text'])).toContain(words);
});

test('lines that nobody understands are kept', async () => {
  const { events } = await endOf('[[garbage]]');
  const kept = events.filter((event) => event.type === 'line.kept').map((event) => event['line']);
  expect(kept).toEqual(expect.arrayContaining(['not json at all', [], null, 7, { type: 7 }]));
});

test.each([
  ['in the middle of a turn', '[[hang]]', 'text.delta'],
  ['and reads nothing more', '[[deaf]]', 'text.delta'],
  ['before it has said a word', '[[mute]]', 'message.handed'],
])('claude hangs %s: Stop ends it, and says so', async (_name, text, sign) => {
  const conversationId = await create();
  await say(conversationId, text);
  await daemon.client.readUntil(conversationId, (event) => event.type === sign);
  await daemon.client.command('turn.stop', { conversationId });
  const events = await daemon.client.readUntil(conversationId, (event) => event.type === 'run.ended', {
    seconds: 15,
  });
  expect(events.map((event) => event.type)).toEqual(
    expect.arrayContaining([sign === 'message.handed' ? 'message.doubted' : 'turn.interrupted']),
  );
  await goesOn(conversationId, events);
});

test('no process and no run folder is left of those that ended', async () => {
  const { conversationId } = await endOf('[[crash]]');
  await daemon.client.command('conversation.delete', { conversationId });
  const left = () => readdirSync(join(daemon.home, 'runs'));
  for (const { conversationId: id } of (await daemon.client.command('conversation.list', {})).conversations) {
    await daemon.client.command('conversation.delete', { conversationId: id });
  }
  await until('the runs to be gone', () => (left().length === 0 ? true : undefined));
  expect(existsSync(join(daemon.home, 'runs'))).toBe(true);
});
