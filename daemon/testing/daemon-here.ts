// The daemon in the test's own process, with limits and a clock that the test sets: for what would take minutes, or thousands
// of connections, at the usual ones. Its doors are real.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectPrivately, type PrivateClient } from '../cli/private-client.ts';
import { resolveConfig } from '../config.ts';
import { createDaemon } from '../daemon.ts';
import type { DoorLimits } from '../http/server.ts';
import { noDesktop } from './no-desktop.ts';
import { settableClock } from './settable-clock.ts';
import { createDaemonClient, type DaemonClient } from './daemon-client.ts';

export interface DaemonHere {
  readonly home: string;
  readonly client: DaemonClient;
  /** Whoever sits at the computer. */
  readonly owner: PrivateClient;
  readonly port: number;
  /** Lets time pass for the daemon; what is due is done before this returns. */
  pass(ms: number): void;
  close(): Promise<void>;
}

export async function startDaemonHere(
  limits: Partial<DoorLimits>,
  env: Readonly<Record<string, string>> = {},
): Promise<DaemonHere> {
  const home = join(mkdtempSync(join(tmpdir(), 'porchlight-here-')), 'home');
  const { clock, pass } = settableClock();
  const nothing = () => undefined;
  const args = { host: '127.0.0.1', port: 0, tray: 'off' as const, claudePath: '/nowhere/claude' };
  const daemon = await createDaemon({
    ...{ home, clock, limits, config: resolveConfig({ file: {}, env: {}, args }), version: 'test' },
    ...{ env, personHome: home, platform: process.platform, arch: process.arch },
    ...{ uid: process.getuid?.(), pid: process.pid },
    webFolder: fileURLToPath(new URL('../../dist/web', import.meta.url)),
    logger: { info: nothing, warn: nothing, error: (message, error) => console.error(message, error) },
    ...{ desktop: noDesktop, quit: nothing, say: nothing },
  });
  const [url = ''] = daemon.urls;
  const owner = await connectPrivately(home, {});
  const { token } = await owner.run('token.create', { name: 'test' });
  return {
    ...{ home, owner, client: createDaemonClient({ url, home, token }) },
    port: Number(new URL(url).port),
    pass,
    async close() {
      // What it still waits for is cut off by its clock.
      const passing = setInterval(() => pass(1000), 10);
      await daemon.close();
      clearInterval(passing);
      rmSync(join(home, '..'), { recursive: true, force: true });
    },
  };
}
