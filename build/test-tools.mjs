// The programs that the tests drive and npm does not bring: a browser, and a small desktop for the tray.
// Installs them on Debian as root; elsewhere fetches Playwright's browser and says what the tray test needs.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { quietly } from './quietly.mjs';

const debianPackages = [
  'chromium',
  'xvfb',
  'dbus',
  'dbus-x11',
  'xfce4-panel',
  'libayatana-appindicator3-1',
  'xdotool',
  'scrot',
  'imagemagick',
  'x11-utils',
  'libglib2.0-bin',
  'adwaita-icon-theme',
];

/** @param {string} root */
export async function installTestTools(root) {
  const isDebian = existsSync('/etc/debian_version');
  const missing = isDebian ? debianPackages.filter((name) => !hasDebianPackage(name)) : debianPackages;
  if (missing.length === 0) return;
  if (isDebian && process.getuid?.() === 0) {
    console.log(`installing ${missing.join(' ')} ...`);
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    await quietly(root, 'apt-get', ['update'], env);
    await quietly(root, 'apt-get', ['install', '-y', '--no-install-recommends', ...missing], env);
    return;
  }
  console.log(`the tray test needs these programs (named as in Debian): ${missing.join(' ')}`);
  if (missing.includes('chromium')) {
    await quietly(root, process.execPath, ['node_modules/playwright/cli.js', 'install', 'chromium']);
  }
}

/** @param {string} name */
function hasDebianPackage(name) {
  const asked = spawnSync('dpkg-query', ['--status', name], { encoding: 'utf8' });
  return asked.stdout.includes('\nStatus: install ok installed\n');
}
