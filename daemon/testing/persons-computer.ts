// A person's computer in a temp folder, for commands that start and stop the daemon by themselves: a home of their own, Claude where
// a terminal finds it, and the `porchlight` command, run to its end without a terminal.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { connectPrivately } from '../cli/private-client.ts';
import { claudeEnvironment, claudePath } from './claude-environment.ts';
import { createDaemonClient, type DaemonClient } from './daemon-client.ts';
import { endRuns } from './end-runs.ts';
import type { ScriptedApi } from './scripted-api/server.ts';
import { program } from './test-daemon.ts';

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface PersonsComputer {
  readonly folder: string;
  /** The person's home; Porchlight's is `.porchlight` in it. */
  readonly personHome: string;
  readonly home: string;
  readonly env: Readonly<Record<string, string>>;
  run(...args: string[]): Promise<Ended>;
  /** With a new token, trusting this home's certificate. */
  client(): Promise<DaemonClient>;
  /** Stops the daemon and Claude's runs, and removes the folder. */
  close(): Promise<void>;
}

export interface ComputerOptions {
  readonly api?: ScriptedApi | undefined;
  readonly folder?: string;
  /** Where `porchlight` is on the PATH; default: the build in dist is run as it is. */
  readonly bin?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export function newFolder(): string {
  return mkdtempSync(join(tmpdir(), 'porchlight-computer-'));
}

export function prepareComputer(options: ComputerOptions): PersonsComputer {
  const { api, folder = newFolder(), bin } = options;
  const apiUrl = api?.url ?? 'http://127.0.0.1:9';
  const world = claudeEnvironment({ folder: join(folder, 'world'), apiUrl });
  const personHome = world['HOME'] ?? folder;
  const PATH = [...(bin === undefined ? [] : [bin]), dirname(claudePath), world['PATH']].join(':');
  const env = { ...options.env, ...world, PATH, SHELL: '/bin/bash' };
  const home = join(personHome, '.porchlight');
  const [command, before]: [string, string[]] =
    bin === undefined ? [process.execPath, [program]] : [join(bin, 'porchlight'), []];

  async function run(...args: string[]): Promise<Ended> {
    const child = spawn(command, [...before, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
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

  return {
    ...{ folder, personHome, home, env, run },
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
