import { expect, test } from 'vitest';
import type { Outcome } from '../ports.ts';
import { explainFailure, type TrayHost, trayObstacle } from './tray-host.ts';

/** A desktop on which the named programs answer so, and others are not installed. */
function host(over: Partial<TrayHost>, answers: Record<string, Partial<Outcome>> = {}): TrayHost {
  const absent: Outcome = { code: null, stdout: '', stderr: 'ENOENT' };
  return {
    platform: 'linux',
    arch: 'x64',
    env: { DISPLAY: ':0' },
    panelSeconds: 1,
    run: async (file) => ({ ...absent, ...answers[file] }),
    ...over,
  };
}

test('without a display there is no desktop', async () => {
  expect(await trayObstacle(host({ env: {} }))).toBe(
    'There is no desktop to put a tray icon on: neither DISPLAY nor WAYLAND_DISPLAY is set.',
  );
});

test('an ARM computer with Linux is told that the browser does it', async () => {
  expect(await trayObstacle(host({ arch: 'arm64' }))).toBe(
    'There is no tray icon for Linux on arm64 processors; the browser shows the same.',
  );
});

test('a system that nobody made a tray program for is named', async () => {
  expect(await trayObstacle(host({ platform: 'freebsd' }))).toBe('There is no tray icon for freebsd.');
});

test.each([
  ['gdbus finds a place for icons', { gdbus: { code: 0 } }],
  ['only busctl is there and finds one', { busctl: { code: 0, stdout: 'b true\n' } }],
  ['nothing is there to ask with', {}],
])('nothing stands in the way when %s', async (_, answers) => {
  expect(await trayObstacle(host({ env: { WAYLAND_DISPLAY: 'wayland-0' } }, answers))).toBeUndefined();
});

test.each([
  ['gdbus waits in vain', { gdbus: { code: 1 } }],
  ['only busctl is there and finds none', { busctl: { code: 0, stdout: 'b false\n' } }],
])('a person is told what to install when %s', async (_, answers) => {
  expect(await trayObstacle(host({}, answers))).toMatch(
    /GNOME install and switch on the AppIndicator extension/,
  );
});

test('a missing library, a missing Rosetta and anything else are explained', () => {
  const failure = 'it ended with code 127';
  expect([
    explainFailure({
      platform: 'linux',
      complaint:
        './program: error while loading shared libraries: libappindicator3.so.1: cannot open shared object file: No such file or directory\n',
      failure,
    }),
    explainFailure({ platform: 'darwin', complaint: 'program: Bad CPU type in executable\n', failure }),
    explainFailure({ platform: 'linux', complaint: 'cannot open display: :9\n', failure }),
    explainFailure({ platform: 'linux', complaint: '', failure }),
  ]).toEqual([
    'The tray icon needs libappindicator3.so.1, which is not installed. Install GTK 3 and libayatana-appindicator (Debian, ' +
      'Ubuntu: libayatana-appindicator3-1; Fedora: libayatana-appindicator-gtk3; Arch: libayatana-appindicator).',
    'The tray icon needs Rosetta on this Mac. Install it with: softwareupdate --install-rosetta',
    'The tray icon could not be shown: cannot open display: :9',
    'The tray icon could not be shown: it ended with code 127',
  ]);
});
