// A device is shut out while what it said still waits: nothing of it begins unless a person lets it, what runs goes on, and a
// crash at that moment changes nothing. With the real daemon and the real `claude`.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDaemonClient, type DaemonClient, type LogEvent } from '../testing/daemon-client.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';

let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon({ env: { PORCHLIGHT_MAX_RUNS: '1' } });
});

afterAll(() => daemon.close());

const create = async () =>
  (await daemon.client.command('conversation.create', { cwd: daemon.project })).conversationId;
const say = (client: DaemonClient, conversationId: string, text: string) =>
  client.command('message.send', { conversationId, clientId: crypto.randomUUID(), text });
const until = (log: string, type: string, text?: string) =>
  daemon.client.readUntil(log, (e) => e.type === type && (text === undefined || e['text'] === text));
const saidBy = (events: readonly LogEvent[]) =>
  events.flatMap(({ type, text }) => (type === 'text.finished' ? [text] : []));

async function lentPhone(): Promise<{ client: DaemonClient; deviceId: string }> {
  const { token, deviceId } = await daemon.owner.run('token.create', { name: 'Lent phone' });
  return { client: createDaemonClient({ url: daemon.url, home: daemon.home, token }), deviceId };
}

test('what a shut-out device has waiting is held; its turn that runs goes on; a person lets go on or removes', async () => {
  const { client: lent, deviceId } = await lentPhone();
  const conversationId = await create();
  const elsewhere = await create();
  await say(lent, conversationId, '[[hold running]]');
  await daemon.api.waiting('running');
  await say(lent, conversationId, '[[text held]]');
  await say(lent, conversationId, '[[text removed]]');
  await say(daemon.client, conversationId, '[[text mine]]');
  await say(lent, elsewhere, '[[text place]]');
  await until(elsewhere, 'run.awaited');

  await daemon.owner.run('device.revoke', { deviceId });
  // Although it still waits for its place.
  await until(elsewhere, 'message.held');
  const { conversations } = await daemon.client.command('conversation.list', {});
  const state = conversations.find((one) => one.conversationId === elsewhere);
  expect([state?.state, state?.activity]).toEqual([
    'needsYou',
    'A device that was shut out had sent a message',
  ]);

  daemon.api.release('running');
  const events = await until(conversationId, 'text.finished', 'mine');
  const ends = events.flatMap(({ type, outcome }) => (type === 'turn.finished' ? [outcome] : []));
  expect([ends, saidBy(events).filter((text) => text === 'held' || text === 'removed')]).toEqual([
    ['completed'],
    [],
  ]);
  const [held = '', removed = ''] = events.flatMap(({ type, messageId }) =>
    type === 'message.held' ? [String(messageId)] : [],
  );
  await daemon.client.command('message.withdraw', { conversationId, messageId: removed });
  await daemon.client.command('message.release', { conversationId, messageId: held });
  await expect(daemon.client.command('message.release', { conversationId, messageId: held })).rejects.toThrow(
    'not_waiting',
  );
  expect(saidBy(await until(conversationId, 'text.finished', 'held')).slice(1)).toEqual(['mine', 'held']);
});

test('a daemon that is killed while it shuts a device out gives Claude nothing of it either', async () => {
  const { client: lent, deviceId } = await lentPhone();
  const [busy, conversationId] = [await create(), await create()];
  await say(daemon.client, busy, '[[hold busy]]');
  await daemon.api.waiting('busy');
  await say(lent, conversationId, '[[text never]]');
  await until(conversationId, 'run.awaited');
  await daemon.stop('SIGKILL');
  // As far as it got: the list is on disk, nobody has been told.
  const file = join(daemon.home, 'state.json');
  const state = JSON.parse(readFileSync(file, 'utf8'));
  const devices = state.devices.filter((device: { deviceId: string }) => device.deviceId !== deviceId);
  writeFileSync(file, JSON.stringify({ ...state, devices }));
  await daemon.start();
  await until(conversationId, 'message.held');
  daemon.api.release('busy');
  await until(busy, 'turn.finished');
  await say(daemon.client, conversationId, '[[text after]]');
  expect(saidBy(await until(conversationId, 'turn.finished'))).toEqual(['after']);
});
