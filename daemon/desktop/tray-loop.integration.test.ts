// The tray of the running daemon on a real desktop: it follows what Claude does, and its menu does what it says.
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LogEvent } from '../testing/daemon-client.ts';
import { type Desktop, startDesktop } from '../testing/desktop.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';
import { until } from '../testing/until.ts';

const amber = '#F5A524';
const blue = '#4C8DF6';
/** Pictures for a person to look at. */
const shots = join(import.meta.dirname, '../../e2e/results/desktop');

let desktop: Desktop;
let daemon: TestDaemon;

/** Without notices, whose lanterns would be taken for the tray's. */
const startOn = ({ env: { PATH: _, HOME: __, ...env } }: Desktop) =>
  startTestDaemon({ env: { ...env, PORCHLIGHT_NOTIFICATIONS: 'off' }, args: ['--tray', 'auto'] });

beforeAll(async () => {
  desktop = await startDesktop({ bar: 'xfce' });
  daemon = await startOn(desktop);
  mkdirSync(shots, { recursive: true });
});

afterAll(async () => {
  await daemon?.close();
  await desktop?.close();
});

const titles = async () =>
  ((await desktop.tray.rows()) ?? []).flatMap((row) => (row === 'separator' ? [] : [row.title]));
const shows = (title: string) =>
  until(`the tray to show “${title}”`, async () => (await titles()).includes(title));
const isType = (type: string) => (event: LogEvent) => event.type === type;

async function pick(row: string, colour = amber): Promise<void> {
  await desktop.tray.openMenu(colour);
  await desktop.tray.clickRow(row);
}

async function say(text: string, title: string): Promise<string> {
  const { conversationId } = await daemon.client.command('conversation.create', {
    ...{ cwd: daemon.project, title },
  });
  await daemon.client.command('message.send', { conversationId, clientId: crypto.randomUUID(), text });
  return conversationId;
}

test('a harmless request is allowed in the menu, and Claude goes on', async () => {
  await shows('The light is on');
  const conversationId = await say('[[bash touch tidy.txt]]', 'Tidy up');
  await shows('Claude needs you');
  expect((await titles()).slice(0, 4)).toEqual([
    'Claude needs you',
    'Tidy up (project): run touch tidy.txt',
    '↳ Allow “touch tidy.txt”',
    '↳ Deny “touch tidy.txt”',
  ]);
  await desktop.tray.openMenu(amber);
  await desktop.screenshot(join(shots, 'menu-request.png'));
  await desktop.tray.clickRow('↳ Allow “touch tidy.txt”');
  const events = await daemon.client.readUntil(conversationId, isType('turn.finished'));
  const answered = events.find(isType('permission.answered'));
  expect([answered?.['deviceId'], answered?.['behavior']]).toEqual(['computer', 'allow']);
  expect(existsSync(join(daemon.project, 'tidy.txt'))).toBe(true);
  await shows('The light is on');
});

test('what is not harmless can be denied, not allowed, in the menu', async () => {
  const conversationId = await say('[[bash rm hello.js]]', 'Away with it');
  await shows('↳ Deny “rm hello.js”');
  expect((await titles()).filter((title) => title.includes('Allow'))).toEqual([]);
  await pick('↳ Deny “rm hello.js”');
  await daemon.client.readUntil(conversationId, isType('turn.finished'));
  expect(existsSync(join(daemon.project, 'hello.js'))).toBe(true);
});

test('Pair a phone… opens the pair page by a private file with a ticket', async () => {
  await shows('The light is on');
  await pick('Pair a phone…');
  const folder = join(daemon.home, 'open');
  const file = await until('the page to be opened', () => {
    const names = readdirSync(daemon.home).includes('open') ? readdirSync(folder) : [];
    return names.find((name) => name.endsWith('.html'));
  });
  expect(readFileSync(join(folder, file), 'utf8')).toMatch(
    /\/computer#t=[\w-]{22}&d=[A-Z2-7]{20}&to=%2Fpair"/,
  );
});

test('Pause all and Resume, with a message that waits meanwhile', async () => {
  await shows('Pause all');
  await pick('Pause all');
  await shows('Paused');
  const conversationId = await say('[[text after all]]', 'Later');
  await shows('Later — waits, all is paused');
  await until('the paused lantern', () => desktop.tray.find(blue));
  await desktop.tray.openMenu(blue);
  await desktop.screenshot(join(shots, 'menu-paused.png'));
  await desktop.tray.clickRow('Resume');
  await daemon.client.readUntil(conversationId, isType('turn.finished'));
});

test('a running turn is stopped in the menu, and the switch for keeping awake is kept', async () => {
  const conversationId = await say('[[hold stop]]', 'Long work');
  await shows('↳ Stop “Long work”');
  await desktop.tray.openMenu(amber);
  await desktop.screenshot(join(shots, 'menu-working.png'));
  await desktop.tray.clickRow('↳ Stop “Long work”');
  const [receipt] = (await daemon.client.readUntil(conversationId, isType('turn.finished'))).slice(-1);
  expect(receipt?.['outcome']).toBe('stopped');
  await shows('✓ Keep awake while working');
  await pick('✓ Keep awake while working');
  await shows('Keep awake while working');
  expect(JSON.parse(readFileSync(join(daemon.home, 'config.json'), 'utf8'))).toEqual({ keepAwake: false });
});

test('a tray program that is killed is back soon, with what stands now', async () => {
  const pid = await until('its pid', () => desktop.tray.pid());
  process.kill(pid, 'SIGKILL');
  await until('another program', async () => {
    const now = await desktop.tray.pid();
    return now !== undefined && now !== pid;
  });
  await say('[[bash touch more.txt]]', 'Still here');
  await shows('↳ Allow “touch more.txt”');
});

test('a desktop without a place for icons is said once, and its icon comes with the place', async () => {
  const bare = await startDesktop({ bar: 'none' });
  const there = await startOn(bare);
  try {
    const said = () => there.said.filter((line) => line.includes('no place for tray icons'));
    await until('the sentence', () => said().length > 0);
    await bare.addBar();
    await until('the icon', () => bare.tray.rows());
    expect(said().length).toBe(1);
  } finally {
    await there.close();
    await bare.close();
  }
});

test('Quit in the menu ends the daemon in good order', async () => {
  await shows('Claude needs you');
  await until('the lit lantern on the screen', () => desktop.tray.find(amber));
  await pick('Quit');
  await until('the daemon to end', async () => (await daemon.run('status')).code === 7);
  await until('the icon to go', async () => (await desktop.tray.rows()) === undefined);
});
