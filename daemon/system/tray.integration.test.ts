// The tray as systray2's program shows it: what every tray icon must do, and what is its own.
import { readFileSync } from 'node:fs';
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { startDesktop } from '../testing/desktop.ts';
import { until } from '../testing/until.ts';
import { calm, setTheStage, trayContract } from './tray.contract.ts';

const item = (id: string, title: string) => ({ id, title, enabled: true });
const stage = setTheStage({ bar: 'xfce', arch: process.arch });
trayContract('tray', stage);

test('a tray program that is killed is reported once, and nothing else happens', async () => {
  const tray = await stage.shown(calm);
  const pid = await until('its pid', () => stage.desktop.tray.pid());
  process.kill(pid, 'SIGKILL');
  // Not awaited, so that the next line is written into its broken pipe before its end is noticed.
  while (!readFileSync(`/proc/${pid}/stat`, 'latin1').includes(') Z '));
  tray.show({ ...calm, state: 'error', items: [item('late', 'Too late'), ...calm.items.slice(1)] });
  await until('the report', () => stage.exits.length > 0);
  tray.show({ ...calm, state: 'error' });
  await tray.close();
  expect(stage.exits).toEqual(['it was ended by SIGKILL']);
});

test('a program that lies in ./traybin of the current directory is not run', async () => {
  const trap = join(stage.home, 'trap');
  await mkdir(join(trap, 'traybin'), { recursive: true });
  const script = `#!/bin/sh\ntouch ${join(trap, 'sprung')}\n`;
  await writeFile(join(trap, 'traybin/tray_linux_release'), script, { mode: 0o755 });
  const before = process.cwd();
  process.chdir(trap);
  try {
    const tray = await stage.shown(calm);
    tray.show({ ...calm, items: [item('quit', 'Quit')] });
    await stage.menuIs('Quit');
  } finally {
    process.chdir(before);
  }
  expect(await readdir(trap)).toEqual(['traybin']);
});

test('pictures pass through files that only the owner reads, at a path without a dot', async () => {
  const folder = stage.desktop.env.XDG_RUNTIME_DIR ?? '';
  const before = await readdir(folder);
  await stage.shown(calm);
  const pictures = (await readdir(folder)).filter((name) => !before.includes(name));
  const modes = await Promise.all(
    pictures.map(async (name) => (await stat(join(folder, name))).mode & 0o777),
  );
  expect({ modes, dot: folder.includes('.') }).toEqual({ modes: [0o600], dot: false });
});

test('a desktop without a place for tray icons is told what to install, and taken up when it has one', async () => {
  const bare = await startDesktop({ bar: 'none' });
  try {
    stage.standIn(bare);
    const started = await stage.start(calm);
    expect(started).toMatchObject({
      unavailable:
        'This desktop has no place for tray icons. On GNOME install and switch on the AppIndicator extension ' +
        '(Debian, Ubuntu: gnome-shell-extension-appindicator), elsewhere add the status tray to the panel. It is shown as soon as there is one.',
    });
    const appears = 'appears' in started && started.appears?.(new AbortController().signal);
    expect(appears).toBeInstanceOf(Promise);
    await bare.addBar();
    await appears;
    await stage.shownThere(calm, bare);
  } finally {
    await bare.close();
  }
});

test('where the program cannot start, for want of a library or a display, the icon that needs none is shown', async () => {
  vi.stubEnv('DISPLAY', ':4711');
  await stage.shown(calm);
  expect(await stage.desktop.tray.pid()).toBe(process.pid);
});
