import { mkdtemp, readdir, readFile, readlink, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { prepareTrayBinary, UnknownProgram } from './tray-binary.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'porchlight-tray-binary-'));
});
afterEach(() => rm(folder, { recursive: true }));

test.each([
  ['linux', ['program', 'tray_linux_release']],
  ['darwin', ['program', 'tray_darwin_release']],
  ['win32', ['tray_windows_release.exe']],
] as const)(
  'the program for %s is the known one and is put where systray2 looks',
  async (platform, files) => {
    await prepareTrayBinary({ folder, platform, libraryFolders: [] });
    expect((await readdir(join(folder, '2.1.4'))).sort()).toEqual(files);
  },
);

test('a system without a program is refused', async () => {
  await expect(prepareTrayBinary({ folder, platform: 'aix' })).rejects.toThrow(UnknownProgram);
});

test('a copy that was changed or made readable to others is put right', async () => {
  const program = join(folder, '2.1.4/program');
  await prepareTrayBinary({ folder, platform: 'linux' });
  const good = await readFile(program);
  await writeFile(program, 'bad');
  await prepareTrayBinary({ folder, platform: 'linux' });
  const { mode } = await stat(program);
  expect({ same: good.equals(await readFile(program)), mode: mode & 0o777 }).toEqual({
    same: true,
    mode: 0o700,
  });
});

test('the indicator library under its new name stands in where the old name is missing', async () => {
  const successor = join(folder, 'libayatana-appindicator3.so.1');
  await writeFile(successor, '');
  await prepareTrayBinary({ folder, platform: 'linux', libraryFolders: [join(folder, 'none'), folder] });
  expect(await readlink(join(folder, '2.1.4/lib/libappindicator3.so.1'))).toBe(successor);
});

test('what the program last wrote to stderr can be read', async () => {
  const { complaint } = await prepareTrayBinary({ folder, platform: 'linux' });
  const before = await complaint();
  await writeFile(join(folder, '2.1.4/stderr'), 'cannot open display\n');
  expect([before, await complaint()]).toEqual(['', 'cannot open display\n']);
});
