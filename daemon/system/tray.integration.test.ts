// The tray on a real desktop: a real panel, real clicks. Without the desktop's programs these tests fail and say which.
import { readFileSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Tray, TrayView } from '../ports.ts';
import { type Desktop, startDesktop } from '../testing/desktop.ts';
import { until } from '../testing/until.ts';
import { systemClock } from './clock.ts';
import { createSessionBus } from './dbus/session-bus.ts';
import { createTrayPlaces } from './dbus/tray-places.ts';
import { createStartTray } from './tray.ts';

const amber = '#F5A524';
const red = '#F0473E';
const root = join(import.meta.dirname, '../..');
/** Pictures for a person to look at. */
const shots = join(root, 'e2e/results/desktop');

let desktop: Desktop;
let home: string;
let picked: string[];
let exits: string[];
const open: Tray[] = [];

beforeAll(async () => {
  desktop = await startDesktop({ bar: 'xfce' });
  home = await mkdtemp(join(tmpdir(), 'porchlight-tray-'));
  const { renderIcons } = await import(join(root, 'build/icons.ts'));
  await renderIcons({ from: join(root, 'assets'), to: home });
  await mkdir(shots, { recursive: true });
});
beforeEach(() => {
  picked = [];
  exits = [];
  standIn(desktop);
});
afterEach(async () => {
  for (const tray of open.splice(0)) await tray.close();
  vi.unstubAllEnvs();
});
afterAll(async () => {
  await desktop.close();
  await rm(home, { recursive: true });
});

/** systray2 hands this process's environment to its program, so the desktop must stand in it. */
function standIn(where: Desktop): void {
  for (const [name, value] of Object.entries(where.env)) vi.stubEnv(name, value);
}

function startTray(view: TrayView) {
  const sessionBus = createSessionBus({ env: process.env, uid: process.getuid?.() ?? 0 });
  const start = createStartTray({
    folder: join(home, 'private'),
    pictures: home,
    pid: process.pid,
    platform: process.platform,
    arch: process.arch,
    env: process.env,
    sessionBus,
    places: createTrayPlaces(sessionBus),
    clock: systemClock,
    panelSeconds: 1,
  });
  return start({ view, onPick: (id) => picked.push(id), onExit: (reason) => exits.push(reason) });
}

async function shown(view: TrayView): Promise<Tray> {
  const started = await startTray(view);
  if (!('tray' in started)) throw new Error(started.unavailable);
  open.push(started.tray);
  await until('the icon', () => desktop.tray.rows());
  return started.tray;
}

const item = (id: string, title: string) => ({ id, title, enabled: true });
const calm: TrayView = {
  state: 'working',
  tooltip: 'Porchlight',
  items: [
    { id: 'status', title: 'Porchlight: working on 1', enabled: false },
    item('open', 'Open Porchlight'),
    item('pair', 'Pair a phone…'),
    'separator',
    item('conversation:1', 'Fix the login_form test'),
    'separator',
    item('awake', '✓ Keep awake while working'),
    item('quit', 'Quit'),
  ],
};

/** The rows as the panel is told them, when they have become these. */
async function menuIs(...rows: readonly string[]): Promise<readonly string[]> {
  const now = async () =>
    ((await desktop.tray.rows()) ?? []).map((row) =>
      row === 'separator' ? '--' : row.enabled ? row.title : `(${row.title})`,
    );
  return until(`the menu ${rows}`, async () => {
    const seen = await now();
    return `${seen}` === `${rows}` && seen;
  });
}

test('a click on the icon opens the menu, and a click on a row reports it', async () => {
  await shown(calm);
  await desktop.tray.openMenu(amber);
  await desktop.screenshot(join(shots, 'tray-menu.png'));
  await desktop.tray.clickRow('Pair a phone…');
  await until('the pick', () => picked.length > 0);
  expect(picked).toEqual(['pair']);
});

test('the panel shows every title as it is', async () => {
  const titles = [
    'my_file.ts and __init__',
    `It's "quoted" \\ {1}`,
    '<b>&amp;</b>',
    'two lines',
    '< SEPARATOR >',
  ];
  const given = [titles[0], titles[1], titles[2], 'two\n  lines', '<SEPARATOR>'];
  await shown({ ...calm, items: given.map((title, index) => item(`${index}`, title ?? '')) });
  expect(await menuIs(...titles)).toEqual(titles);
});

test('another view changes the rows and the picture, and the last of many wins', async () => {
  const tray = await shown(calm);
  const [status, ...rest] = calm.items;
  for (let count = 1; count <= 50; count += 1) {
    tray.show({ ...calm, items: [{ id: 'status', title: `${count} need you`, enabled: false }, ...rest] });
  }
  tray.show({
    state: 'needsYou',
    tooltip: '1 needs you',
    items: [item('allow', 'Allow: npm test'), item('deny', 'Deny: npm test'), 'separator', ...rest.slice(3)],
  });
  expect(status).toBeDefined();
  await menuIs(
    'Allow: npm test',
    'Deny: npm test',
    '--',
    'Fix the login_form test',
    '--',
    '✓ Keep awake while working',
    'Quit',
  );
  await until('the badge', () => desktop.tray.find(red));
  await desktop.tray.openMenu(red);
  await desktop.tray.clickRow('Deny: npm test');
  await until('the pick', () => picked.length > 0);
  expect({ picked, exits }).toEqual({ picked: ['deny'], exits: [] });
});

test('a view with other blocks, or more rows than there was room for, is shown whole', async () => {
  const tray = await shown(calm);
  const many = Array.from({ length: 30 }, (_, index) => item(`c${index}`, `Conversation ${index}`));
  tray.show({ ...calm, items: [...many, 'separator', item('quit', 'Quit')] });
  await menuIs(...many.map(({ title }) => title), '--', 'Quit');
  tray.show({ ...calm, items: [item('quit', 'Quit')] });
  expect({ rows: await menuIs('Quit'), exits }).toEqual({ rows: ['Quit'], exits: [] });
});

test('close takes the icon away and is no exit', async () => {
  const tray = await shown(calm);
  await until('the icon on the screen', () => desktop.tray.find(amber));
  await tray.close();
  await tray.close();
  await until('the bar without it', async () => (await desktop.tray.find(amber)) === undefined);
  expect({ rows: await desktop.tray.rows(), exits }).toEqual({ rows: undefined, exits: [] });
});

test('a tray program that is killed is reported once, and nothing else happens', async () => {
  const tray = await shown(calm);
  const pid = await until('its pid', () => desktop.tray.pid());
  process.kill(pid, 'SIGKILL');
  // Not awaited, so that the next line is written into its broken pipe before its end is noticed.
  while (!readFileSync(`/proc/${pid}/stat`, 'latin1').includes(') Z '));
  tray.show({ ...calm, state: 'error', items: [item('late', 'Too late'), ...calm.items.slice(1)] });
  await until('the report', () => exits.length > 0);
  tray.show({ ...calm, state: 'error' });
  await tray.close();
  expect(exits).toEqual(['it was ended by SIGKILL']);
});

test('a program that lies in ./traybin of the current directory is not run', async () => {
  const trap = join(home, 'trap');
  await mkdir(join(trap, 'traybin'), { recursive: true });
  const script = `#!/bin/sh\ntouch ${join(trap, 'sprung')}\n`;
  await writeFile(join(trap, 'traybin/tray_linux_release'), script, { mode: 0o755 });
  const before = process.cwd();
  process.chdir(trap);
  try {
    const tray = await shown(calm);
    tray.show({ ...calm, items: [item('quit', 'Quit')] });
    await menuIs('Quit');
  } finally {
    process.chdir(before);
  }
  expect(await readdir(trap)).toEqual(['traybin']);
});

test('pictures pass through files that only the owner reads, at a path without a dot', async () => {
  const folder = desktop.env.XDG_RUNTIME_DIR ?? '';
  const before = await readdir(folder);
  await shown(calm);
  const pictures = (await readdir(folder)).filter((name) => !before.includes(name));
  const modes = await Promise.all(
    pictures.map(async (name) => (await stat(join(folder, name))).mode & 0o777),
  );
  expect({ modes, dot: folder.includes('.') }).toEqual({ modes: [0o600], dot: false });
});

test('a panel outlives a flood of changes and shows the last', async () => {
  const tray = await shown(calm);
  const states = ['idle', 'working', 'needsYou', 'error'] as const;
  const flood = Array.from({ length: 400 }, (_, index) => ({ ...calm, state: states[index % 4] ?? 'idle' }));
  for (const view of flood) {
    tray.show(view);
    await new Promise((resolve) => setImmediate(resolve));
  }
  tray.show({
    ...calm,
    items: [item('last', 'The last'), 'separator', item('a', 'A'), 'separator', item('quit', 'Quit')],
  });
  expect(await menuIs('The last', '--', 'A', '--', 'Quit')).toBeDefined();
});

test('a desktop without a place for tray icons is told what to install', async () => {
  const bare = await startDesktop({ bar: 'none' });
  try {
    standIn(bare);
    expect(await startTray(calm)).toEqual({
      unavailable:
        'This desktop has no place for tray icons. On GNOME install and switch on the AppIndicator extension ' +
        '(Debian, Ubuntu: gnome-shell-extension-appindicator), elsewhere add the status tray to the panel.',
    });
  } finally {
    await bare.close();
  }
});

test('a display that lets nobody in is an answer', async () => {
  vi.stubEnv('DISPLAY', ':4711');
  expect(await startTray(calm)).toMatchObject({
    unavailable: expect.stringMatching(/could not be shown: .*:4711/),
  });
});
