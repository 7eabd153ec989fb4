// A home as one file and back: made while Claude works, put into another home, where everything is kept, phones stay paired and
// what they have read is read anew.
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Phone, scan } from '../testing/phone.ts';
import { startTalk, type Talk } from '../testing/talk.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';

let daemon: TestDaemon;
let talk: Talk;
let phone: Phone;
let head: { epoch: string; head: number };

const file = () => join(daemon.folder, 'kept.tar.gz');
const other = () => join(daemon.folder, 'other');
const lobby = async (query: string) =>
  JSON.parse((await daemon.client.fetch(`/api/logs/lobby/events?${query}`)).body);

async function pairPhone(): Promise<Phone> {
  const { url } = await daemon.owner.run('pairing.start', {});
  const pairing = await scan(daemon.client, url);
  await daemon.owner.run('pairing.answer', { pairingId: pairing.pairingId, behavior: 'allow' });
  return (await pairing.settled()).phone;
}

beforeAll(async () => {
  daemon = await startTestDaemon();
  phone = await pairPhone();
  talk = await startTalk(daemon, { title: 'To be kept' });
  await talk.allowing('[[text kept words]]');
  await daemon.owner.run('settings.change', { name: 'maxRuns', value: 3 });
});

afterAll(() => daemon.close());

test('a backup is made while Claude works, for the owner only, and never in the place of another file', async () => {
  await talk.say('[[bash touch later.txt]]');
  await talk.asked();
  const made = await daemon.run('backup', file(), '--json');
  expect(made).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(made.stdout)).toEqual({ file: file(), bytes: statSync(file()).size });
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(await daemon.run('backup', file())).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('already'),
  });
  expect(readdirSync(daemon.folder).filter((name) => name.includes('.tmp'))).toEqual([]);
  head = await lobby('after=0');
});

test('what is no backup is refused, and nothing is left of the try', async () => {
  writeFileSync(join(daemon.folder, 'no.tar.gz'), 'no');
  const { code, stderr } = await daemon.runAnywhere(
    'restore',
    join(daemon.folder, 'no.tar.gz'),
    '--home',
    other(),
  );
  expect([code, stderr]).toEqual([1, expect.stringContaining('no.tar.gz')]);
  expect(existsSync(other())).toBe(false);
  expect(readdirSync(daemon.folder).filter((name) => name.startsWith('other'))).toEqual([]);
});

test('a home that runs, or that has things, stays as it is', async () => {
  expect(await daemon.run('restore', file(), '--replace')).toMatchObject({ code: 4 });
  await daemon.stop();
  expect(await daemon.run('restore', file())).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('--replace'),
  });
});

test('another home goes on with all of it: conversations, settings, devices', async () => {
  expect(await daemon.runAnywhere('restore', file(), '--home', other())).toMatchObject({
    code: 0,
    stderr: '',
  });
  // Whatever number the disk gave the file, it knows itself for a copy.
  expect(readFileSync(join(other(), 'epoch.mark'), 'utf8')).not.toMatch(/^\d+$/);
  await daemon.restartWith('--home', other());
  const { conversationId } = talk;
  const { conversations } = await daemon.client.command('conversation.list', {});
  expect(conversations).toMatchObject([{ conversationId, title: 'To be kept' }]);
  const events = await daemon.client.readUntil(
    conversationId,
    (event) => event.type === 'permission.requested',
  );
  expect(JSON.stringify(events)).toContain('kept words');
  const config = await daemon.runAnywhere('config', 'get', 'maxRuns', '--home', other());
  expect(config.stdout).toBe('3\n');
  expect(await phone.signIn()).toMatchObject({ status: 200 });
  // What ran is not in a backup; that it was interrupted is said.
  await daemon.client.readUntil(conversationId, (event) => event.type === 'turn.interrupted');
});

test('a phone that had read the log before it was put back is told to read it anew', async () => {
  const now = await lobby('after=0');
  expect(now.epoch).not.toBe(head.epoch);
  expect(await lobby(`after=${head.head}&epoch=${head.epoch}`)).toMatchObject({
    reset: true,
    epoch: now.epoch,
  });
});

test('--replace keeps beside it what was there', async () => {
  await daemon.stop();
  const { code, stdout } = await daemon.runAnywhere(
    'restore',
    file(),
    '--home',
    other(),
    '--replace',
    '--json',
  );
  expect(code).toBe(0);
  const { kept } = JSON.parse(stdout);
  expect(existsSync(join(kept, 'lobby'))).toBe(true);
  expect(existsSync(join(other(), 'lobby'))).toBe(true);
});
