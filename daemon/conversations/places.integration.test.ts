// More conversations than `claude` processes may be up: they take turns, say that they wait, and lose nothing. With the real
// daemon and the real `claude`.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LogEvent } from '../testing/daemon-client.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';

let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon({ env: { PORCHLIGHT_MAX_RUNS: '2' } });
});

afterAll(() => daemon.close());

const isEnd = ({ type }: LogEvent) => type === 'turn.finished';
const create = async () =>
  (await daemon.client.command('conversation.create', { cwd: daemon.project })).conversationId;
const say = (conversationId: string, text: string) =>
  daemon.client.command('message.send', { conversationId, clientId: crypto.randomUUID(), text });
const runsUp = () => readdirSync(join(daemon.home, 'runs')).length;

test('six conversations with two places all come to their end; never more than two runs are up', async () => {
  const ids = await Promise.all(Array.from({ length: 6 }, create));
  let most = 0;
  const logs = ids.map(async (id) => {
    await say(id, `[[text done ${id}]]`);
    const events = await daemon.client.readUntil(id, (event) => {
      most = Math.max(most, runsUp());
      return isEnd(event);
    });
    return events.map((event) => event.type);
  });
  const types = await Promise.all(logs);
  expect(most).toBeLessThanOrEqual(2);
  expect(types.filter((of) => of.includes('run.awaited')).length).toBeGreaterThanOrEqual(4);
});

test('a conversation with much to say lets others in between its turns', async () => {
  const [busy, other, third] = [await create(), await create(), await create()];
  await say(busy, '[[hold first]]');
  await daemon.api.waiting('first');
  await say(other, '[[hold second]]');
  await daemon.api.waiting('second');
  for (const word of ['two', 'three', 'four']) await say(busy, `[[text ${word}]]`);
  await say(third, '[[text let in]]');
  await daemon.client.readUntil(third, (event) => event.type === 'run.awaited');
  daemon.api.release('first');
  const events = await daemon.client.readUntil(third, isEnd);
  expect(events.map((event) => event['text'])).toContain('let in');
  daemon.api.release('second');
  const isLast = (event: LogEvent) => event.type === 'text.finished' && event['text'] === 'four';
  const all = await daemon.client.readUntil(busy, isLast);
  expect(all.filter((event) => event.type === 'turn.interrupted')).toEqual([]);
  expect(all.filter((event) => event.type === 'text.finished').map((event) => event['text'])).toEqual(
    expect.arrayContaining(['two', 'three', 'four']),
  );
});

test('one that waits for a place can be deleted, and those behind it come in', async () => {
  const [one, two, gone, last] = [await create(), await create(), await create(), await create()];
  await say(one, '[[hold one]]');
  await say(two, '[[hold two]]');
  await daemon.api.waiting('one');
  await daemon.api.waiting('two');
  for (const id of [gone, last]) {
    await say(id, '[[text came in]]');
    await daemon.client.readUntil(id, (event) => event.type === 'run.awaited');
  }
  await daemon.client.command('conversation.delete', { conversationId: gone });
  daemon.api.release('one');
  await daemon.client.readUntil(last, isEnd);
  daemon.api.release('two');
  await daemon.client.readUntil(two, isEnd);
});

test('a message that is taken back before its run is up leaves the place to others', async () => {
  const [busy, changed, other] = [await create(), await create(), await create()];
  await say(busy, '[[hold busy]]');
  await daemon.api.waiting('busy');
  await say(changed, '[[text not this]]');
  const sent = (await daemon.client.readUntil(changed, ({ type }) => type === 'message.sent')).at(-1);
  const messageId = String(sent?.['messageId']);
  await daemon.client.command('message.withdraw', { conversationId: changed, messageId });
  await say(other, '[[text came in]]');
  await daemon.client.readUntil(other, isEnd, { seconds: 20 });
  daemon.api.release('busy');
  await daemon.client.readUntil(busy, isEnd);
});

test('what is asked about a conversation is answered although another waits for its place', async () => {
  const [busy, asked, other] = [await create(), await create(), await create()];
  await say(busy, '[[hold long]]');
  await daemon.api.waiting('long');
  const answer = daemon.client.command('conversation.inspectContext', { conversationId: asked });
  await say(other, '[[text came in]]');
  await daemon.client.readUntil(other, isEnd, { seconds: 25 });
  expect((await answer).window).toBeGreaterThan(0);
  daemon.api.release('long');
  await daemon.client.readUntil(busy, isEnd);
});
