// Can this desktop show a tray icon, and if not, what would help? One plain sentence for each reason. Starts no tray.
import type { Clock } from '../ports.ts';
import type { TrayPlaces } from './dbus/tray-places.ts';

export interface TrayHost {
  readonly platform: NodeJS.Platform;
  readonly arch: NodeJS.Architecture;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly places: TrayPlaces;
  readonly clock: Clock;
  /** How long to wait for a place for icons: a panel may come up after us when both start at login. */
  readonly panelSeconds: number;
}

export interface Obstacle {
  readonly sentence: string;
  /** It may go away while the daemon runs: a place for icons may appear. */
  readonly mayPass: boolean;
}

/** Undefined when nothing is known to stand in the way. */
export async function trayObstacle(host: TrayHost): Promise<Obstacle | undefined> {
  const { platform, env } = host;
  if (platform === 'darwin' || platform === 'win32') return undefined;
  const lasting = (sentence: string) => ({ sentence, mayPass: false });
  if (platform !== 'linux') return lasting(`There is no tray icon for ${platform}.`);
  if (!env.DISPLAY && !env.WAYLAND_DISPLAY) {
    return lasting('There is no desktop to put a tray icon on: neither DISPLAY nor WAYLAND_DISPLAY is set.');
  }
  const isThere = await awaitPlace(host);
  if (isThere === undefined) {
    return lasting('There is no desktop session to put a tray icon on: its session bus cannot be reached.');
  }
  if (!isThere) {
    const sentence =
      'This desktop has no place for tray icons. On GNOME install and switch on the AppIndicator extension ' +
      '(Debian, Ubuntu: gnome-shell-extension-appindicator), elsewhere add the status tray to the panel. It is shown as soon as there is one.';
    return { sentence, mayPass: true };
  }
  return undefined;
}

/** A panel may come up a while after us when both start at login. */
async function awaitPlace({ places, clock, panelSeconds }: TrayHost): Promise<boolean | undefined> {
  const isThere = await places.isThere();
  if (isThere !== false) return isThere;
  const waiting = new AbortController();
  const waited = new Promise<void>((resolve) => clock.after(1000 * panelSeconds, resolve));
  await Promise.race([places.appears(waiting.signal), waited]);
  waiting.abort();
  return places.isThere();
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
