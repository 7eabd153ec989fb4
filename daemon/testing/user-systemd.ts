// A systemd of a person's own, real, on a computer that was not started by one: it wants to see that it was, so it lives in a
// mount namespace in which it looks like that. Whoever cannot have one skips, with the reason.
import { execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './until.ts';

const systemd = '/lib/systemd/systemd';

/** Why there is none here; empty where there is one. */
export const noUserSystemd: string =
  process.platform !== 'linux' || !existsSync(systemd)
    ? 'there is no systemd on this computer'
    : spawnSync('unshare', ['--mount', 'true']).status === 0
      ? ''
      : 'this user may make no mount namespace';

export interface UserSystemd {
  /** Runs a program where this systemd is the person's. */
  run(file: string, ...args: string[]): Promise<{ code: number; stdout: string; stderr: string }>;
  /** Ends it and all that it has started. */
  close(): Promise<void>;
}

/** `env` is what its services get. */
export async function startUserSystemd(folder: string, given: Record<string, string>): Promise<UserSystemd> {
  const env = { ...given, XDG_RUNTIME_DIR: join(folder, 'run') };
  mkdirSync(env.XDG_RUNTIME_DIR, { mode: 0o700 });
  const look = `mount -t tmpfs none /run && mkdir -p /run/systemd/system && exec ${systemd} --user`;
  const manager = spawn('unshare', ['--mount', '--propagation', 'private', 'sh', '-c', look], {
    env,
    stdio: 'ignore',
  });
  const exited = once(manager, 'exit');
  const inside = ['--target', String(manager.pid), '--mount', '--'];

  const run: UserSystemd['run'] = (file, ...args) =>
    new Promise((resolve) => {
      execFile('nsenter', [...inside, file, ...args], { env, cwd: folder }, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : Number(error.code ?? 1), stdout, stderr }),
      );
    });
  await until('systemd to be up', async () => {
    const { stdout } = await run('systemctl', '--user', 'is-system-running');
    return /^(running|degraded)/.test(stdout);
  });
  return {
    run,
    async close() {
      manager.kill('SIGTERM');
      await exited;
    },
  };
}
