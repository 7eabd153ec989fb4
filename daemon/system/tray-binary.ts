// Puts the tray program of systray2 into a private folder, checked and executable, where systray2 looks for it.
// Needed because the package ships it not executable, and would rather run ./traybin/ of the current directory.
import { createHash } from 'node:crypto';
import { access, chmod, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { writeDurably } from './durable-file.ts';

/** SHA-256 of the programs in systray2 2.1.4; its authors publish neither checksums nor signatures. */
const binaries: {
  readonly [platform in NodeJS.Platform]?: { readonly name: string; readonly sha256: string };
} = {
  linux: {
    name: 'tray_linux_release',
    sha256: 'f61eee19036c0af93e2bb0e5b9fff0bd413469aff5ea1261b8fcfe9e2c027c04',
  },
  darwin: {
    name: 'tray_darwin_release',
    sha256: 'b406fe6d13d1ba66f901a07267ecfcf1b615e9c8b3410287be576706bd737791',
  },
  win32: {
    name: 'tray_windows_release.exe',
    sha256: 'ae61c63ece1392fc64abbfbd40de782f5b2a7b7d83e93f8b640a20395ae6e8a0',
  },
};

/**
 * What systray2 starts on Linux and macOS instead of the program itself: it knows no way to give the program its own
 * directory, a library path, or a file for stderr, which nobody reads and which would block it when full.
 * The program writes every picture to TMPDIR and tells its path to the panel. That path must hold no dot: XFCE's panel
 * (4.18, sn-icon-box.c) crashes on one when the file is gone, and it is gone as soon as the next picture is there.
 * Holds no path of ours, so nothing needs quoting.
 */
const launcher = `#!/bin/sh
cd "\${0%/*}" || exit 1
case "$XDG_RUNTIME_DIR" in
  '' | *.*) unset TMPDIR ;;
  *) export TMPDIR="$XDG_RUNTIME_DIR" ;;
esac
if [ -d lib ]; then export LD_LIBRARY_PATH="$PWD/lib\${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"; fi
exec ./program 2>stderr
`;

const systemLibraries = [
  '/usr/lib/x86_64-linux-gnu',
  '/lib/x86_64-linux-gnu',
  '/usr/lib64',
  '/lib64',
  '/usr/lib',
  '/lib',
  '/usr/local/lib64',
  '/usr/local/lib',
];

export interface TrayBinary {
  /** systray2's `copyDir`. */
  readonly copyDir: string;
  /** What the program wrote to stderr since it was started last. */
  complaint(): Promise<string>;
}

/** The program in the systray2 package is not the one whose checksum is pinned here. */
export class UnknownProgram extends Error {}

/** Rejects with UnknownProgram, or with the system's error when the folder cannot be written. */
export async function prepareTrayBinary(options: {
  readonly folder: string;
  readonly platform: NodeJS.Platform;
  readonly libraryFolders?: readonly string[];
}): Promise<TrayBinary> {
  const { platform, libraryFolders = systemLibraries } = options;
  const binary = binaries[platform];
  if (binary === undefined) throw new UnknownProgram(`systray2 has no program for ${platform}`);
  const require = createRequire(import.meta.url);
  const { version }: { version: string } = require('systray2/package.json');
  const copyDir = resolve(options.folder);
  const folder = join(copyDir, version);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await chmod(copyDir, 0o700);
  await chmod(folder, 0o700);

  const shipped = await readFile(
    join(dirname(require.resolve('systray2/package.json')), 'traybin', binary.name),
  );
  if (sha256(shipped) !== binary.sha256)
    throw new UnknownProgram(`${binary.name} of systray2 is not the one that is known`);
  const started = join(folder, binary.name);
  if (platform === 'win32') {
    await install({ file: started, content: shipped });
    return { copyDir, complaint: async () => '' };
  }
  await install({ file: join(folder, 'program'), content: shipped });
  await install({ file: started, content: Buffer.from(launcher) });
  await standInForIndicatorLibrary({ folder: join(folder, 'lib'), libraryFolders });
  return { copyDir, complaint: async () => `${(await readIfPresent(join(folder, 'stderr'))) ?? ''}` };
}

/** Leaves a file alone that is right already: the program may still be running from it. */
async function install({ file, content }: { file: string; content: Buffer }): Promise<void> {
  const present = await readIfPresent(file);
  if (present === undefined || !present.equals(content)) await writeDurably(file, content);
  await chmod(file, 0o700);
}

/**
 * The program asks for libappindicator3.so.1. Its successor is the same to it, but not every distribution offers it
 * under the old name.
 */
async function standInForIndicatorLibrary(options: {
  folder: string;
  libraryFolders: readonly string[];
}): Promise<void> {
  const { folder, libraryFolders } = options;
  await rm(folder, { recursive: true, force: true });
  if ((await findIn(libraryFolders, 'libappindicator3.so.1')) !== undefined) return;
  const successor = await findIn(libraryFolders, 'libayatana-appindicator3.so.1');
  if (successor === undefined) return;
  await mkdir(folder, { mode: 0o700 });
  await symlink(successor, join(folder, 'libappindicator3.so.1'));
}

async function findIn(folders: readonly string[], name: string): Promise<string | undefined> {
  for (const folder of folders) {
    const file = join(folder, name);
    if (await access(file).then(() => true, isAbsent)) return file;
  }
  return undefined;
}

function readIfPresent(file: string): Promise<Buffer | undefined> {
  return readFile(file).catch((error: unknown) => {
    isAbsent(error);
    return undefined;
  });
}

function isAbsent(error: unknown): false {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
  throw error;
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
