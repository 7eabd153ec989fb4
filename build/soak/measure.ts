// What the operating system says of the processes of a soak run, and what a series of such measures comes to. Linux only.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

export interface Measure {
  /** ms of the monotonic clock. */
  readonly at: number;
  /** Which start of the daemon this is of. */
  readonly life: number;
  readonly rssMb: number;
  readonly fds: number;
  /** The daemon, and the runs of Claude it has. */
  readonly processes: number;
  readonly logMb: number;
}

/** Undefined while no daemon runs. */
export function measure(of: { folder: string; home: string; life: number }): Measure | undefined {
  const own = pidsNaming(of.folder).filter(([, args]) => !args.some((arg) => arg.endsWith('phone.mjs')));
  const daemon = own.find(([, args]) => args.includes('serve'));
  if (!daemon) return undefined;
  const proc = `/proc/${daemon[0]}`;
  try {
    return {
      at: performance.now(),
      life: of.life,
      rssMb: Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`${proc}/status`, 'utf8'))?.[1]) / 1024,
      fds: readdirSync(`${proc}/fd`).length,
      processes: own.length,
      logMb: sizeOf(of.home) / 2 ** 20,
    };
  } catch (error) {
    // It ended between one look and the next.
    if (error instanceof Error && 'code' in error && /^(ENOENT|ESRCH)$/.test(String(error.code)))
      return undefined;
    throw error;
  }
}

/** MB an hour, within the daemon's lives: a start begins anew. Undefined with too little to go by. */
export function slopeOf(measures: readonly Measure[]): number | undefined {
  let [above, below] = [0, 0];
  for (const life of new Set(measures.map((each) => each.life))) {
    const own = measures.filter((each) => each.life === life);
    const mean = (of: (each: Measure) => number) => own.reduce((sum, each) => sum + of(each), 0) / own.length;
    const [at, rss] = [mean((each) => each.at), mean((each) => each.rssMb)];
    for (const each of own) {
      above += (each.at - at) * (each.rssMb - rss);
      below += (each.at - at) ** 2;
    }
  }
  return below === 0 ? undefined : (above / below) * 3_600_000;
}

/** What has grown from the first minute to the last, beyond the ups and downs of a minute, in words. */
export function grown(minutes: readonly (readonly Measure[])[]): string[] {
  const [first = [], last = []] = [minutes[0], minutes.at(-1)];
  if (minutes.length < 2) return [];
  return (['fds', 'processes'] as const).flatMap((what) => {
    const most = Math.max(...first.map((each) => each[what]));
    const least = Math.min(...last.map((each) => each[what]));
    return least > most + spare[what]
      ? [`${what} grew: ${most} at most at first, ${least} at least at last`]
      : [];
  });
}

/** A conversation more keeps a log and a run open. */
const spare = { fds: 12, processes: 3 };

function pidsNaming(folder: string): (readonly [string, readonly string[]])[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => [pid, argumentsOf(pid)] as const)
    .filter(([, args]) => args.some((arg) => arg.startsWith(folder)));
}

function argumentsOf(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

function sizeOf(home: string): number {
  const conversations = join(home, 'conversations');
  const logs = existsSync(conversations)
    ? readdirSync(conversations).map((id) => join(conversations, id, 'log'))
    : [];
  return [join(home, 'lobby', 'log'), ...logs]
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .reduce((sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);
}
