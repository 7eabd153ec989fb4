// Porchlight installed on a person's computer from its own package by npm, as people install it; and packages of other versions
// for it. npm may use no network here, so a package that lacks something fails.
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { newFolder, type PersonsComputer, prepareComputer } from './persons-computer.ts';
import type { ScriptedApi } from './scripted-api/server.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const execute = promisify(execFile);

/** Packing and installing take seconds each, and many more where others work too: for `beforeAll`, ms. */
export const installPatience = 180_000;

export interface InstalledProgram extends PersonsComputer {
  /** npm's prefix. */
  readonly prefix: string;
  /** This version's own package file. */
  readonly packageFile: string;
  /** A package of another version; `edit` may change the text of the bundled file that holds `marker`. */
  packOther(version: string, edit?: Edit): Promise<string>;
}

export interface Edit {
  readonly marker: string;
  readonly edit: (text: string) => string;
}

export async function installProgram(api?: ScriptedApi): Promise<InstalledProgram> {
  const folder = newFolder();
  const env = npmEnvironment(folder);
  const packed = await execute('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], {
    cwd: root,
    env,
  });
  const packageFile = join(folder, JSON.parse(packed.stdout)[0].filename);
  const prefix = join(folder, 'prefix');
  await execute('npm', ['install', '--global', '--prefix', prefix, packageFile], { env });
  return {
    ...prepareComputer({ api, folder, bin: join(prefix, 'bin'), env }),
    ...{ prefix, packageFile },
    packOther: (version, edit) => packOther({ folder, packageFile, version, edit }),
  };
}

function npmEnvironment(folder: string): Record<string, string> {
  const home = join(folder, 'npm');
  mkdirSync(home, { recursive: true });
  return {
    PATH: [dirname(process.execPath), '/usr/local/bin', '/usr/bin', '/bin'].join(':'),
    HOME: home,
    npm_config_cache: join(home, 'cache'),
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
  };
}

/** The bundle knows its version from package.json, as it was when it was built. */
async function packOther(options: {
  folder: string;
  packageFile: string;
  version: string;
  edit: Edit | undefined;
}): Promise<string> {
  const { folder, packageFile, version, edit } = options;
  const place = mkdtempSync(join(folder, 'other-'));
  await execute('tar', ['xzf', packageFile, '-C', place]);
  const change = (file: string, to: (text: string) => string) => {
    const path = join(place, 'package', file);
    writeFileSync(path, to(readFileSync(path, 'utf8')));
  };
  const { version: own } = JSON.parse(readFileSync(join(place, 'package/package.json'), 'utf8'));
  change('package.json', (text) => text.replace(`"version": "${own}"`, `"version": "${version}"`));
  change('dist/porchlight.js', (text) => text.replace(`version: "${own}"`, `version: "${version}"`));
  // Most of a package is the tray's programs, icons and the web app, which no test of an upgrade needs.
  for (const unused of ['node_modules/systray2/traybin', 'dist/assets'])
    rmSync(join(place, 'package', unused), { recursive: true, force: true });
  for (const name of readdirSync(join(place, 'package/dist/web')))
    if (name !== 'build.json') rmSync(join(place, 'package/dist/web', name));
  if (edit) {
    const where = { cwd: join(place, 'package') };
    const { stdout } = await execute('grep', ['-rlF', '--include=*.js', edit.marker, 'dist'], where);
    change(stdout.trim(), edit.edit);
  }
  const file = join(folder, `porchlight-${version}.tgz`);
  await execute('tar', ['cf', file, '--use-compress-program=gzip -1', '-C', place, 'package']);
  rmSync(place, { recursive: true });
  return file;
}
