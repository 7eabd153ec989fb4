// `npm run fuzz -- [--frames N] [--requests N] [--seed S]`: random WebSocket frames and HTTP requests against the built daemon.
// `npm run fuzz -- --replays N`: instead, what was overheard of pairing and signing in is said again so many times.
// Prints the seed first; the same seed sends the same. Ends with 1 when something was not as promised.
import { randomInt } from 'node:crypto';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { startDaemonHere } from '../../daemon/testing/daemon-here.ts';
import { replay } from '../../daemon/testing/replays.ts';
import { runFuzz } from './run.ts';

const { values } = parseArgs({
  options: {
    ...{ seed: { type: 'string' }, frames: { type: 'string' }, requests: { type: 'string' } },
    replays: { type: 'string' },
  },
});
if (values.replays !== undefined) process.exit(await tellOfReplays(Number(values.replays)));
const seed = Number(values.seed ?? randomInt(1000));
const frames = Number(values.frames ?? 100_000);
const requests = Number(values.requests ?? 100_000);
const command = `npm run fuzz -- --seed ${seed} --frames ${frames} --requests ${requests}`;
console.log(`seed ${seed}: ${command}`);
const { violations, figures } = await runFuzz({ seed, frames, requests, lanes: 3, tell: console.log });
for (const [what, figure] of Object.entries(figures)) console.log(`${what.padEnd(16)} ${figure}`);
console.log(
  `${'load average'.padEnd(16)} ${loadavg()
    .map((each) => each.toFixed(1))
    .join(' ')}`,
);
for (const violation of violations.slice(0, 10)) console.log(`VIOLATION ${violation}`);
console.log(violations.length === 0 ? 'all as promised' : `again with: ${command}`);
process.exitCode = violations.length === 0 ? 0 : 1;

async function tellOfReplays(count: number): Promise<number> {
  const daemon = await startDaemonHere({ burst: 1e9, perSecond: 1e9 });
  const { sent, wrong } = await replay(daemon, count).finally(daemon.close);
  console.log(`${sent} replays, ${wrong.length} wrong`);
  for (const line of wrong.slice(0, 10)) console.log(`VIOLATION ${line}`);
  return wrong.length === 0 ? 0 : 1;
}
