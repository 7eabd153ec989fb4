// What every tray icon must do on a real desktop, whatever it is made of: a real panel, real clicks.
// Without the desktop's programs these tests fail and say which.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Tray, TrayStart, TrayState, TrayView } from '../ports.ts';
import { type Bar, type Desktop, startDesktop } from '../testing/desktop.ts';
import { until } from '../testing/until.ts';
import { systemClock } from './clock.ts';
import { createSessionBus, type SessionBus } from './dbus/session-bus.ts';
import { createTrayPlaces } from './dbus/tray-places.ts';
import { createStartTray } from './tray.ts';

const amber = '#F5A524';
const red = '#F0473E';
const deepRed = '#E5383B';
const blue = '#4C8DF6';
const root = join(import.meta.dirname, '../..');
/** Pictures for a person to look at. */
const shots = join(root, 'e2e/results/desktop');

/** The desktop that the tests of one file share, and a way to put an icon on it. */
export interface TrayStage {
  readonly desktop: Desktop;
  readonly home: string;
  readonly picked: readonly string[];
  readonly exits: readonly string[];
  start(view: TrayView): Promise<TrayStart>;
  /** Closed again after the test. */
  shown(view: TrayView): Promise<Tray>;
  /** The rows as the panel is told them, when they have become these. */
  menuIs(...rows: readonly string[]): Promise<readonly string[]>;
  shownThere(view: TrayView, where: Desktop): Promise<Tray>;
  /** From now on, in this test, icons are shown there. */
  standIn(where: Desktop): void;
}

const item = (id: string, title: string) => ({ id, title, enabled: true });
export const calm: TrayView = {
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

/** `arch` other than x64 has no program from systray2. */
export function setTheStage({ bar, arch }: { bar: Bar; arch: NodeJS.Architecture }): TrayStage {
  let desktop: Desktop;
  let home: string;
  let picked: string[] = [];
  let exits: string[] = [];
  const open: Tray[] = [];
  const buses: SessionBus[] = [];

  beforeAll(async () => {
    desktop = await startDesktop({ bar });
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
    for (const bus of buses.splice(0)) bus.close();
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

  function start(view: TrayView): Promise<TrayStart> {
    const sessionBus = createSessionBus({ env: process.env, uid: process.getuid?.() ?? 0 });
    buses.push(sessionBus);
    const startTray = createStartTray({
      ...{
        folder: join(home, 'private'),
        pictures: home,
        pid: process.pid,
        platform: process.platform,
        arch,
      },
      ...{ env: process.env, sessionBus, places: createTrayPlaces(sessionBus) },
      ...{ clock: systemClock, panelSeconds: 1 },
    });
    return startTray({ view, onPick: (id) => picked.push(id), onExit: (reason) => exits.push(reason) });
  }

  async function shownThere(view: TrayView, where: Desktop): Promise<Tray> {
    const started = await start(view);
    if (!('tray' in started)) throw new Error(started.unavailable);
    open.push(started.tray);
    await until('the icon', () => where.tray.rows());
    return started.tray;
  }

  return {
    get desktop() {
      return desktop;
    },
    get home() {
      return home;
    },
    get picked() {
      return picked;
    },
    get exits() {
      return exits;
    },
    start,
    standIn,
    shown: (view) => shownThere(view, desktop),
    shownThere,
    menuIs(...rows) {
      const now = async () =>
        ((await desktop.tray.rows()) ?? []).map((row) =>
          row === 'separator' ? '--' : row.enabled ? row.title : `(${row.title})`,
        );
      return until(`the menu ${rows}`, async () => {
        const seen = await now();
        return `${seen}` === `${rows}` && seen;
      });
    },
  };
}

/** `name` is for the pictures' files. */
export function trayContract(name: string, stage: TrayStage): void {
  const { shown, menuIs } = stage;

  test.each<[TrayState, readonly string[]]>([
    ['idle', [amber]],
    ['working', [amber]],
    ['needsYou', [amber, red]],
    ['error', [deepRed]],
    ['paused', [blue]],
  ])('the picture for %s is seen in the bar', async (state, colours) => {
    await shown({ ...calm, state });
    for (const colour of colours)
      await until(`${colour} on the screen`, () => stage.desktop.tray.find(colour));
    const others = [amber, deepRed, blue].filter((colour) => !colours.some((own) => isLike(own, colour)));
    for (const colour of others)
      expect([colour, await stage.desktop.tray.find(colour)]).toEqual([colour, undefined]);
    await stage.desktop.screenshot(join(shots, `${name}-${state}.png`));
  });

  test('a click on the icon opens the menu, and a click on a row reports it', async () => {
    await shown(calm);
    await stage.desktop.tray.openMenu(amber);
    await stage.desktop.screenshot(join(shots, `${name}-menu.png`));
    await stage.desktop.tray.clickRow('Pair a phone…');
    await until('the pick', () => stage.picked.length > 0);
    expect(stage.picked).toEqual(['pair']);
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
      items: [
        item('allow', 'Allow: npm test'),
        item('deny', 'Deny: npm test'),
        'separator',
        ...rest.slice(3),
      ],
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
    await until('the badge', () => stage.desktop.tray.find(red));
    await stage.desktop.tray.openMenu(red);
    await stage.desktop.tray.clickRow('Deny: npm test');
    await until('the pick', () => stage.picked.length > 0);
    expect({ picked: stage.picked, exits: stage.exits }).toEqual({ picked: ['deny'], exits: [] });
  });

  test('a view with other blocks, or more rows than there was room for, is shown whole', async () => {
    const tray = await shown(calm);
    const many = Array.from({ length: 30 }, (_, index) => item(`c${index}`, `Conversation ${index}`));
    tray.show({ ...calm, items: [...many, 'separator', item('quit', 'Quit')] });
    await menuIs(...many.map(({ title }) => title), '--', 'Quit');
    tray.show({ ...calm, items: [item('quit', 'Quit')] });
    expect({ rows: await menuIs('Quit'), exits: stage.exits }).toEqual({ rows: ['Quit'], exits: [] });
  });

  test('close takes the icon away and is no exit', async () => {
    const tray = await shown(calm);
    await until('the icon on the screen', () => stage.desktop.tray.find(amber));
    await tray.close();
    await tray.close();
    await until('the bar without it', async () => (await stage.desktop.tray.find(amber)) === undefined);
    expect({ rows: await stage.desktop.tray.rows(), exits: stage.exits }).toEqual({
      rows: undefined,
      exits: [],
    });
  });

  test('a panel outlives a flood of changes and shows the last', async () => {
    const tray = await shown(calm);
    const states = ['idle', 'working', 'needsYou', 'error'] as const;
    const flood = Array.from({ length: 400 }, (_, index) => ({
      ...calm,
      state: states[index % 4] ?? 'idle',
    }));
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
}

/** The two reds are the same to a screen's pixels. */
function isLike(one: string, other: string): boolean {
  return one === other || (one === red && other === deepRed);
}
