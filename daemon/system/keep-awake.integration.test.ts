// The computer is kept awake for as long as a turn runs: by the system's own program, for which a stand-in notes what it is asked.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';
import { until } from '../testing/until.ts';
import { createHoldAwake } from './keep-awake.ts';
import { runCommand } from './spawn.ts';

const folder = mkdtempSync(join(tmpdir(), 'porchlight-awake-'));
const notes = join(folder, 'notes');
let daemon: TestDaemon;

beforeAll(async () => {
  // What it is asked, then what the real one does: it runs the program behind its options.
  const standIn = `#!/bin/sh
echo "$$ $*" >> ${notes}
while [ "\${1#--}" != "$1" ]; do shift; done
exec "$@"
`;
  writeFileSync(join(folder, 'systemd-inhibit'), standIn, { mode: 0o755 });
  daemon = await startTestDaemon({ env: { PATH: `${folder}${delimiter}${process.env['PATH']}` } });
});
afterAll(async () => {
  await daemon?.close();
  rmSync(folder, { recursive: true });
});

const asked = () =>
  existsSync(notes)
    ? readFileSync(notes, 'utf8')
        .trim()
        .split('\n')
        .map((line) => ({ pid: Number(line.split(' ')[0]), words: line.replace(/^\d+ /, '') }))
    : [];
function lives(pid: number): boolean {
  if (!existsSync(`/proc/${pid}/stat`)) return false;
  return !readFileSync(`/proc/${pid}/stat`, 'latin1').includes(') Z ');
}
const awake = async () => (await daemon.client.command('daemon.status', {})).awake;

async function begin(): Promise<{ conversationId: string; pid: number }> {
  const before = asked().length;
  const { conversationId } = await daemon.client.command('conversation.create', { cwd: daemon.project });
  await daemon.client.command('message.send', { conversationId, clientId: 'a', text: '[[hold on]]' });
  return { conversationId, pid: await until('the one who holds it', () => asked()[before]?.pid) };
}

test('while a turn runs it is held, and at its end let go', async () => {
  expect(await awake()).toBe('The computer is kept awake while Claude works; nothing runs now.');
  const { conversationId, pid } = await begin();
  expect([asked()[0]?.words, await awake()]).toEqual([
    '--what=idle:sleep --who=Porchlight --why=Claude is working --mode=block cat',
    'The computer is kept awake, because Claude is working.',
  ]);
  await daemon.client.command('turn.stop', { conversationId });
  await until('it to be let go', () => !lives(pid));
  expect(await awake()).toBe('The computer is kept awake while Claude works; nothing runs now.');
});

test('switched off in the middle it is let go at once, and held again when switched on', async () => {
  const { conversationId, pid } = await begin();
  await daemon.owner.run('settings.change', { name: 'keepAwake', value: false });
  await until('it to be let go', () => !lives(pid));
  const before = asked().length;
  await daemon.owner.run('settings.change', { name: 'keepAwake', value: true });
  await until('it to be held again', () => asked().length > before);
  await daemon.client.command('turn.stop', { conversationId });
});

test('nothing is left behind when the daemon is killed', async () => {
  const { pid } = await begin();
  expect(lives(pid)).toBe(true);
  await daemon.stop('SIGKILL');
  await until('its end', () => !lives(pid));
  await daemon.start();
});

test('the system’s own program understands what it is asked; where it cannot, the reason is told', async () => {
  const nowhere = { PATH: process.env['PATH'] ?? '', DBUS_SYSTEM_BUS_ADDRESS: 'unix:path=/nowhere' };
  const { code } = await runCommand('systemd-inhibit', ['--version']);
  const reason = await new Promise<string>((resolve) => {
    createHoldAwake({ platform: 'linux', pid: process.pid, env: nowhere })(resolve);
  });
  expect(reason).toMatch(
    code === 0 ? /^systemd-inhibit ended: .*(bus|inhibit)/i : /systemd-inhibit ended: .*ENOENT/,
  );
});
