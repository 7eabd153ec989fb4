// Builds what the daemon has of the computer's desktop, for main.ts: the tray, notices, keeping awake, start at login, sleep.
import { uptime } from 'node:os';
import { join } from 'node:path';
import type { Clock, RunCommand } from '../ports.ts';
import type { Desktop } from '../ports/desktop.ts';
import { createSessionBus } from './dbus/session-bus.ts';
import { createTrayPlaces } from './dbus/tray-places.ts';
import { createHoldAwake } from './keep-awake.ts';
import { createNotify } from './notices.ts';
import { createWatchSleep } from './sleep-watch.ts';
import { createStartAtLogin } from './start-at-login.ts';
import { createStartTray } from './tray.ts';

export function createDesktop(options: {
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly arch: NodeJS.Architecture;
  readonly uid: number | undefined;
  readonly pid: number;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The folder that build/icons.ts filled. */
  readonly pictures: string;
  readonly node: string;
  readonly program: string;
  readonly run: RunCommand;
  readonly clock: Clock;
}): Desktop {
  const { home, env, uid = 0, pictures, clock } = options;
  const sessionBus = createSessionBus({ env, uid });
  return {
    startTray: createStartTray({
      ...options,
      ...{ sessionBus, places: createTrayPlaces(sessionBus), panelSeconds: 10 },
      folder: join(home, 'tray'),
    }),
    notify: createNotify({ ...options, sessionBus, icon: join(pictures, 'app/icon-192.png') }),
    holdAwake: createHoldAwake(options),
    startAtLogin: createStartAtLogin(options),
    watchSleep: createWatchSleep({ clock, sinceBootMs: () => 1000 * uptime() }),
    close: sessionBus.close,
  };
}
