// A built daemon on a home that was written beforehand, with a `claude` that only streams; and how big the daemon is.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createDaemonClient, type DaemonClient } from '../../daemon/testing/daemon-client.ts';
import { endRuns } from '../../daemon/testing/end-runs.ts';
import { firstLine } from './streaming.ts';

const standIn = fileURLToPath(new URL('./stand-in-claude.mjs', import.meta.url));
const program = fileURLToPath(new URL('../../dist/porchlight.js', import.meta.url));

export interface ServedHome {
  readonly url: string;
  readonly client: DaemonClient;
  rssMb(): number;
  /** Where a phone goes that is to be let in. */
  pair(): Promise<string>;
  stop(): Promise<void>;
}

export async function serveHome(
  folder: string,
  streaming: { count: number; everyMs: number },
): Promise<ServedHome> {
  const home = join(folder, 'home');
  const env = {
    ...{ HOME: folder, PATH: process.env['PATH'] ?? '' },
    ...{ BENCH_COUNT: String(streaming.count), BENCH_EVERY_MS: String(streaming.everyMs) },
  };
  const run = (...args: string[]) =>
    spawn(process.execPath, [program, ...args, '--home', home], {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  const place = ['--port', '0', '--host', '127.0.0.1', '--tray', 'off'];
  const daemon = run('serve', ...place, '--json', '--claude', standIn);
  const { url } = JSON.parse(await firstLine(daemon.stdout));
  const made = await firstLine(run('token', 'create', '--name', 'bench', '--json').stdout);
  return {
    url,
    client: createDaemonClient({ url, home, token: JSON.parse(made).token }),
    rssMb: () =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${daemon.pid}/status`, 'utf8'))?.[1]) / 1024,
    pair: async () => JSON.parse(await firstLine(run('pair', '--allow', '--json').stdout)).url,
    async stop() {
      await endRuns(home);
      daemon.kill('SIGTERM');
      await once(daemon, 'exit');
    },
  };
}
