// The settings of a running daemon: changed by those who may, in force at once where that can be, and a file that was changed by
// hand taken up or refused.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDaemonClient, type DaemonClient } from '../testing/daemon-client.ts';
import { startTalk } from '../testing/talk.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';
import { until } from '../testing/until.ts';

let daemon: TestDaemon;
let admin: DaemonClient;

beforeAll(async () => {
  daemon = await startTestDaemon({ env: { PORCHLIGHT_NOTIFICATIONS: 'off' } });
  const scopes = ['read', 'use', 'approve', 'admin'] as const;
  const { token } = await daemon.owner.run('token.create', { name: 'admin', scopes: [...scopes] });
  admin = createDaemonClient({ url: daemon.url, home: daemon.home, token });
});

afterAll(() => daemon.close());

const path = () => join(daemon.home, 'config.json');
const written = () => JSON.parse(readFileSync(path(), 'utf8'));
const write = (text: string) => writeFileSync(path(), text, { mode: 0o600 });
const change = (name: string, value?: string | number | boolean | Record<string, string>) =>
  daemon.owner.run('settings.change', { name, ...(value === undefined ? {} : { value }) });
const report = () => daemon.owner.run('settings.read', {});
const entry = async (name: string) => (await report()).settings.find((one) => one.name === name);
const said = (words: string) =>
  until(words, () => daemon.said.some((line) => String(JSON.parse(line).sentence).includes(words)));
/** What somebody at the computer is asked next, answered. */
async function answer(behavior: 'allow' | 'deny'): Promise<string | undefined> {
  const [asked] = await until('a confirmation', async () => {
    const { confirmations } = await daemon.owner.run('confirmation.list', {});
    return confirmations.length > 0 && confirmations;
  });
  const confirmationId = asked?.confirmationId ?? '';
  await daemon.owner.run('confirmation.answer', { confirmationId, behavior });
  return asked?.act;
}

test('each setting says what it is and on whose word', async () => {
  expect(await entry('notifications')).toMatchObject({ value: false, origin: 'variable' });
  expect(await entry('port')).toMatchObject({ origin: 'flag', changer: 'computer', takesEffect: 'restart' });
  expect(await entry('maxRuns')).toMatchObject({ value: 8, origin: 'default', form: expect.any(String) });
  expect(await entry('logs')).toBeUndefined();
});

test('a change is in force at once, is kept, and leaves what else is in the file', async () => {
  write('{ "mine": [1], "maxRuns": 3 }');
  await said('maxRuns is 3 now.');
  await change('maxUploadMiB', 0.5);
  expect(written()).toEqual({ mine: [1], maxRuns: 3, maxUploadMiB: 0.5 });
  const { conversationId } = await daemon.client.command('conversation.create', { cwd: daemon.project });
  const upload = () =>
    daemon.client.fetch('/api/uploads', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ conversationId, name: 'x', size: 600_000 }),
    });
  expect((await upload()).status).toBe(413);
  await change('maxUploadMiB');
  expect(await entry('maxUploadMiB')).toMatchObject({ value: 20, origin: 'default' });
  expect((await upload()).status).toBe(200);
  expect((await report()).unknown).toEqual(['mine']);
});

test('a run that rests too long by the new setting ends at once, and one that waited for a place gets it', async () => {
  const [first, second] = [await startTalk(daemon), await startTalk(daemon)];
  await change('maxRuns', 1);
  await first.say('[[bash touch first.txt]]');
  await first.next((event) => event.type === 'run.started');
  await second.say('[[text second]]');
  await second.next((event) => event.type === 'run.awaited');
  await change('maxRuns', 2);
  await second.ended();
  await change('idleMinutes', 0.005);
  await second.next((event) => event.type === 'run.ended');
  await change('idleMinutes');
});

test('what cannot be now is to be at the next start, and what a variable says stays', async () => {
  await change('tray', 'auto');
  expect(await entry('tray')).toMatchObject({ value: 'off', origin: 'flag' });
  await change('notifications', true);
  expect(await entry('notifications')).toMatchObject({ value: false, origin: 'variable' });
  const certificate = { cert: '/c.pem', key: '/k.pem' };
  await change('certificate', certificate);
  expect(await entry('certificate')).toMatchObject({ value: null, next: certificate, origin: 'file' });
  await change('certificate');
  expect(await entry('certificate')).not.toHaveProperty('next');
});

test('a value that cannot be is refused with what it has to be, and nothing is written', async () => {
  const before = readFileSync(path(), 'utf8');
  await expect(change('maxRuns', 0)).rejects.toThrow(
    'maxRuns has to be a whole number from 1 to 1000, not 0.',
  );
  await expect(change('fly', 1)).rejects.toThrow('There is no setting "fly".');
  expect(readFileSync(path(), 'utf8')).toBe(before);
});

test('a phone changes what is harmless, asks for what is not, and never says what is run', async () => {
  const by = (name: string, value: string | number | boolean) =>
    admin.command('settings.change', { name, value });
  await by('maxRuns', 5);
  expect(await entry('maxRuns')).toMatchObject({ value: 5 });
  await expect(by('claudePath', '/tmp/evil')).rejects.toThrow('computer_only');
  await expect(by('host', '0.0.0.0')).rejects.toThrow('computer_only');
  await expect(daemon.client.command('settings.change', { name: 'maxRuns', value: 9 })).rejects.toThrow(
    'forbidden',
  );
  const refused = by('allowBypass', true).catch(String);
  expect(await answer('deny')).toContain('allowBypass to true');
  expect(await refused).toContain('not_confirmed');
  const allowed = by('allowBypass', true);
  await answer('allow');
  await allowed;
  expect(await entry('allowBypass')).toMatchObject({ value: true, origin: 'file' });
  const cwd = daemon.project;
  const made = admin.command('conversation.create', { cwd, mode: 'bypassPermissions' });
  await answer('allow');
  expect(await made).toHaveProperty('conversationId');
  await change('allowBypass');
  await expect(admin.command('conversation.create', { cwd, mode: 'bypassPermissions' })).rejects.toThrow(
    'bypass_not_allowed',
  );
  const { entries } = await daemon.owner.run('audit.list', {});
  const acts = entries.filter(({ act }) => act === 'settings.change');
  expect(acts.map(({ label, words }) => `${label} ${words}`)).toContain(
    'admin changed the setting maxRuns to 5 (Conversations at work at once)',
  );
});

test('a file that was changed by hand to what makes no sense is named, and all stays as it was', async () => {
  write('{ "maxRuns": "many" }');
  await said('maxRuns has to be a whole number from 1 to 1000, not "many". The settings stay as they were.');
  expect((await report()).trouble).toContain('config.json: maxRuns');
  expect(await entry('maxRuns')).toMatchObject({ value: 5 });
  await expect(change('maxRuns', 6)).rejects.toThrow('has to be');
  write('{ "maxRuns": 6 }');
  await said('maxRuns is 6 now.');
  expect((await report()).trouble).toBe('');
});

test('what a program may have written into the file needs a yes where it lets Claude do more', async () => {
  write('{ "allowBypass": true }');
  expect(await answer('deny')).toContain('allowBypass to true');
  await said('Nobody said yes');
  expect(await entry('allowBypass')).toMatchObject({ value: false, next: true });
  write('{}');
  await until('nothing waits', async () => !Object.hasOwn((await entry('allowBypass')) ?? {}, 'next'));
});
