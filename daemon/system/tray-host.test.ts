import { expect, test } from 'vitest';
import { systemClock } from './clock.ts';
import type { TrayPlaces } from './dbus/tray-places.ts';
import { explainFailure, type TrayHost, trayObstacle } from './tray-host.ts';

/** A desktop that has a place for icons, none, or nobody to ask. */
function host(isThere: boolean | undefined, over: Partial<TrayHost> = {}): TrayHost {
  const places: TrayPlaces = { isThere: async () => isThere, appears: () => new Promise(() => undefined) };
  return {
    platform: 'linux',
    arch: 'x64',
    env: { DISPLAY: ':0' },
    panelSeconds: 0.01,
    clock: systemClock,
    places,
    ...over,
  };
}

test.each([
  ['a display', { DISPLAY: undefined }, true, 'There is no desktop to put a tray icon on: neither DISPLAY'],
  ['a session bus', {}, undefined, 'There is no desktop session to put a tray icon on'],
])('without %s there is no desktop, and none will come', async (_, env, isThere, sentence) => {
  expect(await trayObstacle(host(isThere, { env: { DISPLAY: ':0', ...env } }))).toEqual({
    sentence: expect.stringContaining(sentence),
    mayPass: false,
  });
});

test('an ARM computer with Linux has a tray like any other', async () => {
  expect(await trayObstacle(host(true, { arch: 'arm64' }))).toBeUndefined();
});

test('a system that nobody made a tray program for is named', async () => {
  expect(await trayObstacle(host(true, { platform: 'freebsd' }))).toEqual({
    sentence: 'There is no tray icon for freebsd.',
    mayPass: false,
  });
});

test('a desktop without a place for icons is told what to install, and may get one', async () => {
  expect(await trayObstacle(host(false))).toEqual({
    sentence: expect.stringMatching(/GNOME install and switch on the AppIndicator extension/),
    mayPass: true,
  });
});

test('a panel that comes up a moment later is waited for', async () => {
  let isThere = false;
  const places: TrayPlaces = {
    isThere: async () => isThere,
    appears: async () => {
      isThere = true;
    },
  };
  expect(await trayObstacle(host(false, { places, panelSeconds: 60 }))).toBeUndefined();
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
