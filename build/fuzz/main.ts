// `npm run fuzz -- [--frames N] [--requests N] [--seed S]`: random WebSocket frames and HTTP requests against the built daemon.
// Prints the seed first; the same seed sends the same. Ends with 1 when something was not as promised.
import { randomInt } from 'node:crypto';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { runFuzz } from './run.ts';

const { values } = parseArgs({
  options: { seed: { type: 'string' }, frames: { type: 'string' }, requests: { type: 'string' } },
});
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
