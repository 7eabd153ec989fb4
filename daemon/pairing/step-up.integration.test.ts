// What a phone or token dares to ask for is done only with somebody's yes at the computer; what is refused anyway is not asked.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDaemonClient, type DaemonClient } from '../testing/daemon-client.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';
import { until } from '../testing/until.ts';

const folder = mkdtempSync(join(tmpdir(), 'porchlight-step-up-'));
let daemon: TestDaemon;
let admin: DaemonClient;

async function makeClient(name: string, scopes: string): Promise<DaemonClient> {
  const { stdout } = await daemon.run('token', 'create', '--name', name, '--scopes', scopes, '--json');
  return createDaemonClient({ url: daemon.url, home: daemon.home, token: JSON.parse(stdout).token });
}

beforeAll(async () => {
  const home = join(folder, 'home');
  mkdirSync(home, { mode: 0o700 });
  writeFileSync(join(home, 'config.json'), JSON.stringify({ allowBypass: true }), { mode: 0o600 });
  daemon = await startTestDaemon({ home });
  admin = await makeClient('admin', 'read,use,approve,admin');
});

afterAll(async () => {
  await daemon?.close();
  rmSync(folder, { recursive: true, force: true });
});

const waiting = async () => (await daemon.owner.run('confirmation.list', {})).confirmations;

/** Answers the one thing that waits, and gives what it was. */
async function answer(behavior: 'allow' | 'deny'): Promise<string> {
  const [one] = await until('something to wait for a yes', async () => {
    const list = await waiting();
    return list.length > 0 ? list : undefined;
  });
  if (!one) throw new Error('nothing waits');
  await daemon.owner.run('confirmation.answer', { confirmationId: one.confirmationId, behavior });
  return `${one.label} wants to ${one.act}`;
}

const outcome = (asked: Promise<unknown>) =>
  asked.then(
    () => 'done',
    (error: Error) => error.message.split(': ')[1],
  );

test('bypassing permissions from a token waits for a yes, in all ways to switch it on', async () => {
  const { client } = daemon;
  const create = () =>
    outcome(client.command('conversation.create', { cwd: daemon.project, mode: 'bypassPermissions' }));
  const denied = create();
  expect(await answer('deny')).toBe(`test wants to let Claude do everything unasked in ${daemon.project}`);
  expect(await denied).toBe('not_confirmed');
  expect(await client.command('conversation.list', {})).toEqual({ conversations: [] });
  const allowed = create();
  await answer('allow');
  expect(await allowed).toBe('done');

  const { conversationId } = await client.command('conversation.create', {
    cwd: daemon.project,
    title: 'Tidy',
  });
  const configured = outcome(
    client.command('conversation.configure', { conversationId, mode: 'bypassPermissions' }),
  );
  expect(await answer('deny')).toBe('test wants to let Claude do everything unasked in “Tidy”');
  expect(await configured).toBe('not_confirmed');

  const updatedPermissions = [{ type: 'setMode', mode: 'bypassPermissions', destination: 'session' }];
  const request = { conversationId, requestId: 'none', behavior: 'allow', updatedPermissions } as const;
  const answered = outcome(client.command('permission.answer', request));
  await answer('deny');
  expect(await answered).toBe('not_confirmed');
});

test('what is refused anyway is refused at once, without asking anybody', async () => {
  const reader = await makeClient('reader', 'read,use');
  const mode = 'bypassPermissions';
  expect(await outcome(reader.command('conversation.create', { cwd: daemon.project, mode }))).toBe(
    'forbidden',
  );
  expect(await outcome(admin.command('device.revoke', { deviceId: 'nobody' }))).toBe('not_found');
  const { devices } = await daemon.owner.run('device.list', {});
  const other = devices.find(({ label }) => label === 'admin')?.deviceId ?? '';
  expect(await outcome(reader.command('device.revoke', { deviceId: other }))).toBe('forbidden');
  expect(await outcome(reader.command('device.rename', { deviceId: other, label: 'Mine' }))).toBe(
    'forbidden',
  );
  expect(await waiting()).toEqual([]);
});

test('removing a device, its scopes and a new token wait for a yes; its own name does not', async () => {
  const victim = await makeClient('victim', 'read,use');
  const { devices } = await daemon.owner.run('device.list', {});
  const deviceId = devices.find(({ label }) => label === 'victim')?.deviceId ?? '';
  const changed = outcome(admin.command('device.changeScopes', { deviceId, scopes: ['read'] }));
  expect(await answer('allow')).toBe('admin wants to let the API token “victim” only read');
  expect(await changed).toBe('done');
  // It counts at once.
  expect(await outcome(victim.command('project.list', {}))).toBe('forbidden');
  expect(await outcome(victim.command('device.rename', { deviceId, label: 'Renamed' }))).toBe('done');
  const made = outcome(admin.command('token.create', { name: 'more' }));
  expect(await answer('deny')).toBe('admin wants to make the API token “more”');
  expect(await made).toBe('not_confirmed');
  const removed = outcome(admin.command('device.revoke', { deviceId }));
  expect(await answer('allow')).toBe('admin wants to remove the API token “Renamed”');
  expect(await removed).toBe('done');
  expect((await victim.fetch('/api/logs/lobby/events')).status).toBe(401);
});

test('with bypass switched off the refusal comes first', async () => {
  await daemon.stop();
  writeFileSync(join(daemon.home, 'config.json'), '{}', { mode: 0o600 });
  await daemon.start();
  const mode = 'bypassPermissions';
  expect(await outcome(daemon.client.command('conversation.create', { cwd: daemon.project, mode }))).toBe(
    'bypass_not_allowed',
  );
  expect(await waiting()).toEqual([]);
});
