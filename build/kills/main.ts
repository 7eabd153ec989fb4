// `npm run kills -- [--count N] [--seed S]`: kills the daemon N times in the middle of turns of the real Claude Code (against the
// scripted API) and proves that nothing that Claude said is lost. Ends with 1 at a violation. Needs a build.
import { randomInt } from 'node:crypto';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { runKills } from './run.ts';

const { values } = parseArgs({ options: { count: { type: 'string' }, seed: { type: 'string' } } });
const count = Number(values.count ?? 100);
const seed = values.seed ?? String(randomInt(1_000_000));
console.log(`npm run kills -- --count ${count} --seed ${seed}`);
const { violations, figures } = await runKills({ count, seed, progress: console.log });
for (const [what, figure] of Object.entries(figures)) console.log(`${what.padEnd(16)} ${figure}`);
console.log(`load average     ${loadavg()[0]?.toFixed(1)}`);
for (const violation of violations) console.log(`VIOLATION ${violation}`);
if (violations.length > 0) process.exitCode = 1;
else console.log('all that Claude said is in the log, once; nothing runs on');
