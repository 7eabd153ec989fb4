// What the person can change while Claude works: mode, model, the queue. With the real daemon and the real `claude`.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LogEvent } from '../testing/daemon-client.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';

let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon();
});

afterAll(() => daemon.close());

const isTurnEnd = (event: LogEvent) => event.type === 'turn.finished';
const create = async () =>
  (await daemon.client.command('conversation.create', { cwd: daemon.project })).conversationId;
const send = (conversationId: string, text: string, steer = false) =>
  daemon.client.command('message.send', { conversationId, clientId: crypto.randomUUID(), text, steer });
const textsOf = (events: readonly LogEvent[]) =>
  events.filter((e) => e.type === 'text.finished').map((e) => e['text']);

/** The queue's message with this text. */
async function waiting(conversationId: string, text: string): Promise<string> {
  const events = await daemon.client.readUntil(
    conversationId,
    (e) => e.type === 'message.sent' && e['text'] === text,
  );
  return String(events.at(-1)?.['messageId']);
}

test('a mode chosen before the first message, and one chosen later, are in force at once', async () => {
  const conversationId = await create();
  await daemon.client.command('conversation.configure', { conversationId, mode: 'acceptEdits' });
  await send(conversationId, '[[write accepted.txt]]');
  const first = await daemon.client.readUntil(conversationId, isTurnEnd);
  expect(first.map((event) => event.type)).not.toContain('permission.requested');
  expect(existsSync(join(daemon.project, 'accepted.txt'))).toBe(true);

  await daemon.client.command('conversation.configure', { conversationId, mode: 'default' });
  await send(conversationId, '[[write asked.txt]]');
  const asked = await daemon.client.readUntil(conversationId, (e) => e.type === 'permission.requested', {
    after: first.length,
  });
  expect(asked.at(-1)).toMatchObject({ tool: 'Write' });
  await daemon.client.command('turn.stop', { conversationId });
});

test('a model and an effort reach the API from the next request on', async () => {
  const conversationId = await create();
  await send(conversationId, '[[text one]]');
  const first = await daemon.client.readUntil(conversationId, isTurnEnd);
  await daemon.client.command('conversation.configure', { conversationId, model: 'haiku', effort: 'low' });
  await send(conversationId, '[[text two]]');
  await daemon.client.readUntil(conversationId, isTurnEnd, { after: first.length });
  const asked = daemon.api.requests.filter((request) => request.picked?.name === 'text').at(-1);
  expect(JSON.stringify(asked?.body)).toContain('haiku');
});

test('bypassing permissions is refused, by configure and by create', async () => {
  const conversationId = await create();
  const mode = 'bypassPermissions';
  await expect(daemon.client.command('conversation.configure', { conversationId, mode })).rejects.toThrow(
    'bypass_not_allowed',
  );
  await expect(daemon.client.command('conversation.create', { cwd: daemon.project, mode })).rejects.toThrow(
    'bypass_not_allowed',
  );
});

test('what waits can be edited, moved and withdrawn before Claude gets it', async () => {
  const conversationId = await create();
  await send(conversationId, '[[hold queue]]');
  await daemon.api.waiting('queue');
  for (const word of ['a', 'b', 'c']) await send(conversationId, `[[text ${word}]]`);
  const [a, b, c] = await Promise.all(
    ['a', 'b', 'c'].map((word) => waiting(conversationId, `[[text ${word}]]`)),
  );
  await daemon.client.command('message.edit', {
    conversationId,
    messageId: a ?? '',
    text: '[[text edited]]',
  });
  await daemon.client.command('message.withdraw', { conversationId, messageId: b ?? '' });
  await daemon.client.command('queue.reorder', { conversationId, messageIds: [c ?? '', a ?? ''] });
  daemon.api.release('queue');
  let ended = 0;
  const events = await daemon.client.readUntil(conversationId, (event) => isTurnEnd(event) && ++ended === 3);
  expect(textsOf(events)).toEqual(['before the gate after the gate', 'c', 'edited']);
  await expect(
    daemon.client.command('message.edit', { conversationId, messageId: a ?? '', text: 'late' }),
  ).rejects.toThrow('not_waiting');
});

test('a message that steers reaches the running turn', async () => {
  const conversationId = await create();
  await send(conversationId, '[[bash sleep 1; echo slept]]');
  await daemon.client.readUntil(
    conversationId,
    (event) => event.type === 'permission.requested' || event.type === 'tool.started',
  );
  await send(conversationId, 'By the way: hurry.', true);
  const events = await daemon.client.readUntil(conversationId, isTurnEnd);
  const types = events.map((event) => event.type);
  expect(types.filter((type) => type === 'message.taken')).toHaveLength(2);
  expect(types.filter((type) => type === 'turn.started')).toHaveLength(1);
  const told = daemon.api.requests.some((request) =>
    JSON.stringify(request.body ?? '').includes('By the way: hurry.'),
  );
  expect(told).toBe(true);
});

test('a stop drops what waits when asked to, and keeps it otherwise', async () => {
  const conversationId = await create();
  await send(conversationId, '[[hold stop]]');
  await daemon.api.waiting('stop');
  await send(conversationId, '[[text never]]');
  await daemon.client.command('turn.stop', { conversationId, dropQueue: true });
  await daemon.client.readUntil(conversationId, isTurnEnd);
  await send(conversationId, '[[text later]]');
  let ended = 0;
  const events = await daemon.client.readUntil(conversationId, (event) => isTurnEnd(event) && ++ended === 2);
  expect(textsOf(events)).toEqual(['before the gate ', 'later']);
});
