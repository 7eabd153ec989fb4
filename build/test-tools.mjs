// The programs that the tests drive and npm does not bring: three browsers, and a small desktop for the tray.
// Installs them on Debian as root; elsewhere fetches Playwright's own browsers and says what the other tests need.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { quietly } from './quietly.mjs';

/** Does what `chromium` does with much less work. Where only that is there, it will do. */
const headless = 'chromium-headless-shell';
/** Debian's name of a browser → Playwright's name of its own build of it. */
const browsers = { [headless]: 'chromium', 'firefox-esr': 'firefox' };
const debianPackages = [
  ...Object.keys(browsers),
  'webkit2gtk-driver',
  'xvfb',
  'dbus',
  'dbus-x11',
  'xfce4-panel',
  'mate-panel',
  'xfce4-notifyd',
  'libayatana-appindicator3-1',
  'xdotool',
  'scrot',
  'imagemagick',
  'x11-utils',
  'libglib2.0-bin',
  'adwaita-icon-theme',
  'libnss3-tools',
  'tmux',
  'systemd',
  'desktop-file-utils',
  'libplist-utils',
  'zsh',
  'fish',
];

/** @param {string} root */
export async function installTestTools(root) {
  const missing = isDebian() ? debianPackages.filter((name) => !hasDebianPackage(name)) : debianPackages;
  if (missing.length === 0) return;
  const willDo = missing.join() === headless && hasDebianPackage('chromium');
  if (isDebian() && process.getuid?.() === 0) {
    console.log(`installing ${missing.join(' ')} ...`);
    await installDebianPackages(root, missing).catch((error) => {
      if (!willDo) throw error;
      console.log(`${headless} cannot be installed; with chromium the tests take longer`);
    });
    return;
  }
  if (willDo) return;
  const fetched = Object.entries(browsers).filter(([name]) => missing.includes(name));
  const others = missing.filter((name) => !(name in browsers));
  if (others.length > 0) {
    console.log(
      `the tests of the tray, of WebKit and of starting at login need (named as in Debian): ${others.join(' ')}`,
    );
  }
  if (fetched.length > 0) {
    const names = fetched.map(([, own]) => own);
    await quietly(root, process.execPath, ['node_modules/playwright/cli.js', 'install', ...names]);
  }
}

/**
 * @param {string} root
 * @param {string[]} names
 */
async function installDebianPackages(root, names) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await quietly(root, 'apt-get', ['update'], env);
  await quietly(root, 'apt-get', ['install', '-y', '--no-install-recommends', ...names], env);
}

/** Its derivatives have other browsers under these names, or none. */
function isDebian() {
  const release = '/etc/os-release';
  return existsSync(release) && /^ID="?debian"?$/m.test(readFileSync(release, 'utf8'));
}

/** @param {string} name */
function hasDebianPackage(name) {
  const asked = spawnSync('dpkg-query', ['--status', name], { encoding: 'utf8' });
  return asked.stdout.includes('\nStatus: install ok installed\n');
}
