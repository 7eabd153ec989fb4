// Can this desktop show a tray icon, and if not, what would help? One plain sentence for each reason. Starts no tray.
import type { RunCommand } from '../ports.ts';

export interface TrayHost {
  readonly platform: NodeJS.Platform;
  readonly arch: NodeJS.Architecture;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly run: RunCommand;
  /** How long to wait for a place for icons: a panel may come up after us when both start at login. */
  readonly panelSeconds: number;
}

const watcher = 'org.kde.StatusNotifierWatcher';

/** Undefined when nothing is known to stand in the way. */
export async function trayObstacle(host: TrayHost): Promise<string | undefined> {
  const { platform, arch, env } = host;
  if (platform === 'darwin' || platform === 'win32') return undefined;
  if (platform !== 'linux') return `There is no tray icon for ${platform}.`;
  if (arch !== 'x64')
    return `There is no tray icon for Linux on ${arch} processors; the browser shows the same.`;
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) {
    return 'There is no desktop to put a tray icon on: neither DISPLAY nor WAYLAND_DISPLAY is set.';
  }
  if ((await hasWatcher(host)) === false) {
    return (
      'This desktop has no place for tray icons. On GNOME install and switch on the AppIndicator extension ' +
      '(Debian, Ubuntu: gnome-shell-extension-appindicator), elsewhere add the status tray to the panel.'
    );
  }
  return undefined;
}

/**
 * Whether something on the session bus shows tray icons; without it the tray program runs but nothing is seen.
 * Undefined when no program is there to ask with.
 */
async function hasWatcher({ run, panelSeconds }: TrayHost): Promise<boolean | undefined> {
  const waited = await run('gdbus', ['wait', '--session', '--timeout', `${panelSeconds}`, watcher]);
  if (waited.code !== null) return waited.code === 0;
  const bus = 'org.freedesktop.DBus';
  const asked = await run('busctl', [
    '--user',
    'call',
    bus,
    '/org/freedesktop/DBus',
    bus,
    'NameHasOwner',
    's',
    watcher,
  ]);
  return asked.code === null ? undefined : asked.stdout.includes('true');
}

/** Why the tray program ended, or never answered, for a person. `complaint` is what it wrote to stderr, if anything. */
export function explainFailure(of: {
  platform: NodeJS.Platform;
  complaint: string;
  failure: string;
}): string {
  const { platform, complaint, failure } = of;
  const [, library] = /error while loading shared libraries: ([^:\s]+)/.exec(complaint) ?? [];
  if (library !== undefined) {
    return (
      `The tray icon needs ${library}, which is not installed. Install GTK 3 and libayatana-appindicator (Debian, ` +
      'Ubuntu: libayatana-appindicator3-1; Fedora: libayatana-appindicator-gtk3; Arch: libayatana-appindicator).'
    );
  }
  if (platform === 'darwin' && /bad cpu type/i.test(complaint)) {
    return 'The tray icon needs Rosetta on this Mac. Install it with: softwareupdate --install-rosetta';
  }
  const lastWords = complaint.trim().split('\n').at(-1);
  return `The tray icon could not be shown: ${lastWords || failure}`;
}
