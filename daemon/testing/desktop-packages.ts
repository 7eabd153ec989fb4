// Which programs tests need besides Node, and where Debian keeps them: those of the desktop for tests, and the shells that
// completions are for. Tells what is missing; never skips.
import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

const desktop = {
  Xvfb: 'xvfb',
  'dbus-daemon': 'dbus',
  'xfce4-panel': 'xfce4-panel',
  xdotool: 'xdotool',
  scrot: 'scrot',
  convert: 'imagemagick',
  xwininfo: 'x11-utils',
  gdbus: 'libglib2.0-bin',
  'mate-panel': 'mate-panel',
  '/usr/lib/x86_64-linux-gnu/xfce4/notifyd/xfce4-notifyd': 'xfce4-notifyd',
  '/usr/lib/x86_64-linux-gnu/libappindicator3.so.1': 'libayatana-appindicator3-1',
  '/usr/share/icons/Adwaita/index.theme': 'adwaita-icon-theme',
} as const;

const shells = { bash: 'bash', zsh: 'zsh', fish: 'fish' } as const;

/** Rejects with one message that names every package to install. */
export function requireDesktopPackages(path: string): Promise<void> {
  return requirePackages('The desktop for tests', desktop, path);
}

/** As above. */
export function requireShells(path: string): Promise<void> {
  return requirePackages('The test of completions', shells, path);
}

async function requirePackages(
  what: string,
  packageOf: Readonly<Record<string, string>>,
  path: string,
): Promise<void> {
  const missing: string[] = [];
  for (const [file, debianPackage] of Object.entries(packageOf)) {
    if (!(await isPresent(file, path))) missing.push(debianPackage);
  }
  if (missing.length === 0) return;
  throw new Error(
    `${what} needs Debian packages that are not installed. Run: apt-get install --no-install-recommends ${missing.join(' ')}`,
  );
}

async function isPresent(file: string, path: string): Promise<boolean> {
  if (file.startsWith('/')) return isReadable(file);
  for (const folder of path.split(delimiter)) if (await isReadable(join(folder, file))) return true;
  return false;
}

async function isReadable(file: string): Promise<boolean> {
  return access(file, constants.R_OK).then(
    () => true,
    () => false,
  );
}
