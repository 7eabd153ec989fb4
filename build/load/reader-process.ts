// The parent's side of a process with readers: what to do goes in as a JSON line, what came of it comes back as one.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { DaemonClient } from '../../daemon/testing/daemon-client.ts';
import { createHistogram, type Histogram } from './histogram.ts';
import type { ManyOpenings, Reading, Readings } from './readers.ts';

const runner = fileURLToPath(new URL('../run.mjs', import.meta.url));
const program = fileURLToPath(new URL('./readers.ts', import.meta.url));

export interface ReaderProcess {
  open(opening: Pick<ManyOpenings, 'count' | 'logs' | 'stops'>): Promise<void>;
  /** Forgets what was counted. */
  wipe(): Promise<void>;
  /** Those that stopped read again. */
  resume(): Promise<void>;
  read(reading: Reading): Promise<Readings>;
  /** Cuts all their sockets; others may be opened. */
  end(): Promise<void>;
  close(): Promise<void>;
}

export function startReaders({ url, ca, token }: DaemonClient): ReaderProcess {
  const child = spawn(process.execPath, [runner, program], { stdio: ['pipe', 'pipe', 'inherit'] });
  const exited = once(child, 'exit');
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const tell = async (what: object) => {
    child.stdin.write(`${JSON.stringify(what)}\n`);
    const { value, done } = await lines.next();
    if (done) throw new Error('the readers ended');
    return JSON.parse(value);
  };
  const door = { url: `${url.replace('https', 'wss')}/api/socket`, ca, token };
  return {
    open: (opening) => tell({ open: { ...door, ...opening } }),
    wipe: () => tell({ wipe: true }),
    resume: () => tell({ resume: true }),
    read: (read) => tell({ read }),
    end: () => tell({ end: true }),
    async close() {
      child.stdin.end();
      await exited;
    },
  };
}

/** Of several processes together. */
export interface AllReadings extends Omit<Readings, 'histogram'> {
  readonly histogram: Histogram;
}

export function together(all: readonly Readings[]): AllReadings {
  const histogram = createHistogram();
  const closes: Record<string, number> = {};
  for (const one of all) {
    histogram.addAll(one.histogram);
    for (const [code, times] of Object.entries(one.closes)) closes[code] = (closes[code] ?? 0) + times;
  }
  const sum = (what: 'lost' | 'frames' | 'deltas') => all.reduce((total, one) => total + one[what], 0);
  return { lost: sum('lost'), frames: sum('frames'), deltas: sum('deltas'), histogram, closes };
}
