// A person's computer in a temp folder, with Porchlight installed on it from its own package by npm, as people install it; and
// packages of other versions for it. npm may use no network here, so a package that lacks something fails.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { connectPrivately } from '../cli/private-client.ts';
import { claudeEnvironment, claudePath } from './claude-environment.ts';
import { createDaemonClient, type DaemonClient } from './daemon-client.ts';
import { endRuns } from './end-runs.ts';
import type { ScriptedApi } from './scripted-api/server.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const execute = promisify(execFile);

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface InstalledProgram {
  readonly folder: string;
  /** The person's home; Porchlight's is `.porchlight` in it. */
  readonly personHome: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  /** npm's prefix, and the command that it put there. */
  readonly prefix: string;
  readonly command: string;
  /** This version's own package file. */
  readonly packageFile: string;
  /** A package of another version; `edit` may change the text of a bundled file whose text holds `marker`. */
  packOther(version: string, edit?: { marker: string; edit: (text: string) => string }): Promise<string>;
  /** Runs `porchlight <args>` to its end, without a terminal. */
  run(...args: string[]): Promise<Ended>;
  /** With a new token, trusting this home's certificate. */
  client(): Promise<DaemonClient>;
  /** Stops the daemon and Claude's runs, and removes the folder. */
  close(): Promise<void>;
}

export async function installProgram(api?: ScriptedApi): Promise<InstalledProgram> {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-installed-'));
  const npmEnv = npmEnvironment(folder);
  const packageFile = await pack(folder, npmEnv);
  const prefix = join(folder, 'prefix');
  await execute('npm', ['install', '--global', '--prefix', prefix, packageFile], { env: npmEnv });
  const command = join(prefix, 'bin/porchlight');
  const world = claudeEnvironment({
    folder: join(folder, 'world'),
    apiUrl: api?.url ?? 'http://127.0.0.1:9',
  });
  // As on a computer where everything is found by the PATH.
  const path = [join(prefix, 'bin'), dirname(claudePath), world['PATH']].join(':');
  const env = { ...world, ...npmEnv, HOME: world['HOME'] ?? folder, PATH: path, SHELL: '/bin/bash' };
  const home = join(env.HOME, '.porchlight');

  const run = (...args: string[]) => runToEnd(command, args, env);
  return {
    ...{ folder, personHome: env.HOME, home, env, prefix, command, packageFile, run },
    packOther: (version, edit) => packOther({ folder, packageFile, version, edit }),
    async client() {
      const owner = await connectPrivately(home, env);
      const { urls } = await owner.run('daemon.status', {});
      const { token } = await owner.run('token.create', { name: 'test' });
      return createDaemonClient({ url: urls[0] ?? '', home, token });
    },
    async close() {
      await run('stop');
      await endRuns(home);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
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

async function pack(folder: string, env: Record<string, string>): Promise<string> {
  const { stdout } = await execute('npm', ['pack', '--json', '--pack-destination', folder], {
    cwd: root,
    env,
  });
  return join(folder, JSON.parse(stdout)[0].filename);
}

/** The bundle knows its version from package.json, as it was when it was built. */
async function packOther(options: {
  folder: string;
  packageFile: string;
  version: string;
  edit: { marker: string; edit: (text: string) => string } | undefined;
}): Promise<string> {
  const { folder, packageFile, version, edit } = options;
  const place = mkdtempSync(join(folder, 'other-'));
  await execute('tar', ['xzf', packageFile, '-C', place]);
  const change = (file: string, to: (text: string) => string) =>
    writeFileSync(join(place, 'package', file), to(readFileSync(join(place, 'package', file), 'utf8')));
  const { version: own } = JSON.parse(readFileSync(join(place, 'package/package.json'), 'utf8'));
  change('package.json', (text) => text.replace(`"version": "${own}"`, `"version": "${version}"`));
  change('dist/porchlight.js', (text) => text.replace(`version: "${own}"`, `version: "${version}"`));
  if (edit) {
    const { stdout } = await execute('grep', ['-rlF', '--include=*.js', edit.marker, 'dist'], {
      cwd: join(place, 'package'),
    });
    change(stdout.trim(), edit.edit);
  }
  const file = join(folder, `porchlight-${version}.tgz`);
  await execute('tar', ['czf', file, '-C', place, 'package']);
  rmSync(place, { recursive: true });
  return file;
}

async function runToEnd(
  command: string,
  args: readonly string[],
  env: Record<string, string>,
): Promise<Ended> {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  const [code] = await once(child, 'close');
  return { code, stdout, stderr };
}
