// `npm run load -- [--sockets N] [--seconds S] [--only NAME]`: the daemon under many readers, readers that stop, hostile messages,
// many conversations, and a device that is shut out amid them. Needs a build. Prints a table; ends with 1 when anything was lost or not as promised.
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import type { Row } from '../bench/row.ts';
import { hostileFrames } from './hostile-frames.ts';
import { manyConversations } from './many-conversations.ts';
import { manyReaders } from './many-readers.ts';
import { revocation } from './revocation.ts';
import { stoppedReaders } from './stopped-readers.ts';

const { values } = parseArgs({
  options: { sockets: { type: 'string' }, seconds: { type: 'string' }, only: { type: 'string' } },
});
const sockets = Number(values.sockets ?? 1000);
const seconds = Number(values.seconds ?? 60);
const scenarios: Record<string, () => Promise<Row[]>> = {
  readers: () => manyReaders({ sockets, seconds }),
  stopped: () => stoppedReaders({ readers: 200, stopped: 50, seconds: Math.min(seconds, 20) }),
  hostile: hostileFrames,
  conversations: () => manyConversations({ conversations: 30 }),
  revocation,
};
const { only } = values;
if (only !== undefined && !scenarios[only])
  throw new Error(`--only is one of ${Object.keys(scenarios).join(', ')}`);

for (const [name, run] of Object.entries(scenarios)) {
  if (only !== undefined && only !== name) continue;
  const load = loadavg().map((each) => each.toFixed(1));
  for (const { what, value, budget, isWithin } of await run()) {
    console.log(`${what.padEnd(44)} ${value.padEnd(46)} ${budget}${isWithin ? '' : '  BROKEN'}`);
    if (!isWithin) process.exitCode = 1;
  }
  console.log(`${''.padEnd(44)} load average before ${load.join(' ')}`);
}
