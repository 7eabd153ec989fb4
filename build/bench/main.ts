// `npm run bench`: how fast and how small, as ratios against a floor measured in the same run. Prints a table and fails when a
// budget is broken. Needs a build (`npm run build`). Nothing here is a test: times depend on the machine.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { checkBudget } from '../budget.ts';
import { longRows } from './long.ts';
import { previewRows } from './previews.ts';
import type { Row } from './row.ts';
import { firstLine, throughPorchlight, throughRelay } from './streaming.ts';

const rows: Row[] = [];

const starts = [];
for (let n = 0; n < 7; n++) starts.push(await coldStart());
const ready = median(starts.map((start) => start.readyMs));
const rss = median(starts.map((start) => start.rssMb));
rows.push({
  what: 'cold start to ready',
  value: `${ready.toFixed(0)} ms`,
  budget: '≤ 500 ms',
  isWithin: ready <= 500,
});
rows.push({ what: 'RSS, idle', value: `${rss.toFixed(0)} MB`, budget: '≤ 90 MB', isWithin: rss <= 90 });

const paced = { count: 200, everyMs: 60 };
const { tls, remove, ...ours } = await throughPorchlight(paced);
const floor = await throughRelay(paced, tls);
const added = median(ours.latencies) - median(floor.latencies);
rows.push({
  what: 'delta, write to socket, floor',
  value: spread(floor.latencies),
  budget: '',
  isWithin: true,
});
rows.push({
  what: 'delta, write to socket, Porchlight',
  value: spread(ours.latencies),
  budget: '',
  isWithin: true,
});
rows.push({
  what: 'added latency, median',
  value: `${added.toFixed(2)} ms`,
  budget: '≤ 3 ms',
  isWithin: added <= 3,
});
remove();

const flood = { count: 20_000, everyMs: 0 };
const fast = await throughPorchlight(flood);
const fastFloor = await throughRelay(flood, fast.tls);
const ratio = fast.rate / fastFloor.rate;
rows.push({
  what: 'throughput, floor',
  value: `${Math.round(fastFloor.rate).toLocaleString('en')} deltas/s`,
  budget: '',
  isWithin: true,
});
rows.push({
  what: 'throughput, Porchlight',
  value: `${Math.round(fast.rate).toLocaleString('en')} deltas/s (${ratio.toFixed(2)} of the floor)`,
  budget: '≥ 0.10 of the floor',
  isWithin: ratio >= 0.1,
});
fast.remove();

const [firstLoad, isSmall] = await checkBudget().then(
  (said) => [said, true] as const,
  (error: Error) => [error.message, false] as const,
);
rows.push({ what: 'first load, JavaScript, brotli', value: firstLoad, budget: '≤ 60 kB', isWithin: isSmall });

rows.push(...(await longRows()));
rows.push(...(await previewRows()));

for (const { what, value, budget, isWithin } of rows) {
  console.log(`${what.padEnd(36)} ${value.padEnd(46)} ${budget}${isWithin ? '' : '  BROKEN'}`);
}
process.exitCode = rows.every((row) => row.isWithin) ? 0 : 1;

/** From spawning node to the `ready` line, and the memory 2 s later. */
async function coldStart(): Promise<{ readyMs: number; rssMb: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-bench-'));
  const began = performance.now();
  const args = [
    'dist/porchlight.js',
    'serve',
    '--home',
    join(folder, 'home'),
    '--port',
    '0',
    '--host',
    '127.0.0.1',
    '--tray',
    'off',
    '--json',
  ];
  const env = { HOME: folder, PATH: process.env['PATH'] ?? '' };
  const daemon = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  await firstLine(daemon.stdout);
  const readyMs = performance.now() - began;
  await pause(2000);
  const kb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${daemon.pid}/status`, 'utf8'))?.[1];
  daemon.kill('SIGTERM');
  await once(daemon, 'exit');
  rmSync(folder, { recursive: true, force: true });
  return { readyMs, rssMb: Number(kb) / 1024 };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function spread(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(2);
  return `p50 ${at(0.5)} · p95 ${at(0.95)} · p99 ${at(0.99)} ms`;
}
