// A disk of a few MiB that can really be full: a tmpfs, which only root may mount. Whoever cannot have one skips, with the reason.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Why there is none here; empty where there is one. */
export const noSmallDisk: string =
  process.platform !== 'linux'
    ? 'a tmpfs of a given size is Linux’s'
    : process.getuid?.() === 0
      ? ''
      : 'only root may mount a small disk';

const piece = Buffer.alloc(64 * 1024);

export interface SmallDisk {
  readonly folder: string;
  /** Takes all the room that is left, to the last byte. */
  fill(): void;
  free(): void;
  /** Read-only, or writable again, under whoever uses it. */
  remount(how: 'ro' | 'rw'): Promise<void>;
  close(): Promise<void>;
}

export async function mountSmallDisk(mib: number): Promise<SmallDisk> {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-disk-'));
  await run('mount', ['-t', 'tmpfs', '-o', `size=${mib}m,mode=700`, 'tmpfs', folder]);
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill() {
      const file = openSync(ballast, 'w');
      try {
        for (;;) writeSync(file, piece);
      } catch (error) {
        if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
      } finally {
        closeSync(file);
      }
    },
    free: () => rmSync(ballast, { force: true }),
    remount: (how) => run('mount', ['-o', `remount,${how}`, folder]),
    async close() {
      await run('umount', ['--lazy', folder]);
      rmSync(folder, { recursive: true });
    },
  };
}

async function run(program: string, args: readonly string[]): Promise<void> {
  const child = spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}`);
}
