// A real desktop on a screen nobody sees: Xvfb, a session bus of its own, and a panel with nothing but its tray.
// For tests that must see an icon and click a menu. Touches neither the display nor the bus of whoever runs it.
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BarKind, startBar } from './desktop-bars.ts';
import { type DesktopTray, desktopTray } from './desktop-tray.ts';
import { requireDesktopPackages } from './desktop-packages.ts';
import { type Environment, type Program, run, startProgram } from './desktop-programs.ts';

export interface Desktop {
  /** What a program needs in its environment to show itself here. */
  readonly env: Environment;
  readonly tray: DesktopTray;
  /** Saves what the screen shows as a PNG. */
  screenshot(path: string): Promise<void>;
  /** Puts a panel with a place for icons there, where there was none. */
  addBar(kind?: BarKind): Promise<void>;
  /** Ends every program of the desktop and removes its files. */
  close(): Promise<void>;
}

export type Bar = BarKind | 'none';

/** `bar: 'none'` leaves the panel out: a desktop with a session bus but no tray on it. */
export async function startDesktop({ bar }: { bar: Bar }): Promise<Desktop> {
  const path = process.env.PATH ?? '/usr/bin:/bin';
  await requireDesktopPackages(path);
  const folder = await mkdtemp(join(tmpdir(), 'porchlight-desktop-'));
  const programs: Program[] = [];
  const close = async () => {
    for (const program of programs.reverse()) await program.end();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    const env = await startSession({ path, folder, programs });
    const addBar = async (kind: BarKind = 'xfce') =>
      void programs.push(await startBar({ env, folder, kind }));
    if (bar !== 'none') await addBar(bar);
    return {
      env,
      tray: desktopTray({ env, folder, menuButton: () => (bar === 'mate' ? 3 : 1) }),
      addBar,
      screenshot: async (file) => void (await run(env, 'scrot', ['-o', file])),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startSession(to: { path: string; folder: string; programs: Program[] }): Promise<Environment> {
  const { path, folder, programs } = to;
  const home = (name: string) => join(folder, name);
  for (const name of ['config', 'cache', 'data', 'run']) await mkdir(home(name), { mode: 0o700 });
  // The bus starts programs by itself (xfconfd), so these must stand in its environment, not only in the panel's.
  const base = {
    PATH: path,
    HOME: folder,
    LANG: 'C.UTF-8',
    XDG_CONFIG_HOME: home('config'),
    XDG_CACHE_HOME: home('cache'),
    XDG_DATA_HOME: home('data'),
    XDG_RUNTIME_DIR: home('run'),
    GDK_BACKEND: 'x11',
    GTK_THEME: 'Adwaita',
    NO_AT_BRIDGE: '1',
  };
  const screen = await startProgram(base, 'Xvfb', [
    '-displayfd',
    '1',
    '-screen',
    '0',
    '1024x640x24',
    '-nolisten',
    'tcp',
  ]);
  programs.push(screen);
  const onScreen = { ...base, DISPLAY: `:${await screen.firstLine}` };
  const address = `unix:path=${home('run')}/bus`;
  const bus = await startProgram(onScreen, 'dbus-daemon', [
    '--session',
    '--nofork',
    '--nopidfile',
    `--address=${address}`,
    '--print-address',
  ]);
  programs.push(bus);
  await bus.firstLine;
  return { ...onScreen, DBUS_SESSION_BUS_ADDRESS: address };
}
