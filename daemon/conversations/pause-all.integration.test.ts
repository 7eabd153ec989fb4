// Pause all: what runs goes on to its end, what is sent waits, over a restart too, and Resume gives it to Claude.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LogEvent } from '../testing/daemon-client.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';

let daemon: TestDaemon;
beforeAll(async () => {
  daemon = await startTestDaemon();
});
afterAll(() => daemon?.close());

const create = async () =>
  (await daemon.client.command('conversation.create', { cwd: daemon.project })).conversationId;
const send = (conversationId: string, text: string) =>
  daemon.client.command('message.send', { conversationId, clientId: crypto.randomUUID(), text });
const isType = (type: string) => (event: LogEvent) => event.type === type;
/** All there is at this moment. */
async function readAll(log: string): Promise<readonly LogEvent[]> {
  const { body } = await daemon.client.fetch(`/api/logs/${log}/events?after=0`);
  return JSON.parse(body).events;
}
const handedIn = async (conversationId: string) =>
  (await readAll(conversationId)).filter(isType('message.handed')).length;

test('a turn that runs ends, its queue and other conversations wait, a restart changes nothing, Resume does', async () => {
  const running = await create();
  await send(running, '[[bash touch paused.txt]]');
  const asked = await daemon.client.readUntil(running, isType('permission.requested'));
  await daemon.client.command('daemon.pause', {});
  await send(running, '[[text after the pause]]');
  const other = await create();
  await send(other, '[[text also after]]');

  const requestId = String(asked.at(-1)?.['requestId']);
  await daemon.client.command('permission.answer', { conversationId: running, requestId, behavior: 'allow' });
  await daemon.client.readUntil(running, isType('turn.finished'));
  await daemon.stop();
  await daemon.start();
  const status = await daemon.client.command('daemon.status', {});
  expect([status.paused, await handedIn(running), await handedIn(other)]).toEqual([true, 1, 0]);

  await daemon.client.command('daemon.resume', {});
  await daemon.client.readUntil(other, isType('turn.finished'));
  let finished = 0;
  await daemon.client.readUntil(running, ({ type }) => {
    finished += type === 'turn.finished' ? 1 : 0;
    return finished === 2;
  });
});

test('what steers goes into the turn that runs; pausing and resuming again are no events', async () => {
  const conversationId = await create();
  await send(conversationId, '[[bash touch steered.txt]]');
  const asked = await daemon.client.readUntil(conversationId, isType('permission.requested'));
  for (const type of ['daemon.pause', 'daemon.pause'] as const) await daemon.client.command(type, {});
  const { eventId } = await daemon.client.command('message.send', {
    ...{ conversationId, clientId: 'steers', steer: true, text: '[[text steered]]' },
  });
  await daemon.client.readUntil(conversationId, ({ id, type }) => id > eventId && type === 'message.handed');
  const requestId = String(asked.at(-1)?.['requestId']);
  await daemon.client.command('permission.answer', { conversationId, requestId, behavior: 'deny' });
  for (const type of ['daemon.resume', 'daemon.resume'] as const) await daemon.client.command(type, {});
  const lobby = await readAll('lobby');
  const pauses = lobby.filter(({ type }) => type === 'daemon.paused' || type === 'daemon.resumed');
  expect(pauses.map(({ type }) => type)).toEqual([
    ...['daemon.paused', 'daemon.resumed'],
    // Of this test: once more is once.
    ...['daemon.paused', 'daemon.resumed'],
  ]);
});
