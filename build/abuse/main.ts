// `npm run abuse -- [--seconds S] [--connections N] [--only NAME]`: slow and idle connections against the built daemon, from other
// addresses and from the one that a signed-in client has, while that client is timed. Ends with 1 when it had to wait.
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { startWorld } from '../load/world.ts';
import { attacks } from './attacks.ts';
import { besieged } from './besieged.ts';

const { values } = parseArgs({
  options: { seconds: { type: 'string' }, connections: { type: 'string' }, only: { type: 'string' } },
});
const seconds = Number(values.seconds ?? 20);
const connections = Number(values.connections ?? 2000);
const { only } = values;
const names = attacks.map(({ name }) => name);
if (only !== undefined && !names.includes(only)) throw new Error(`--only is one of ${names.join(', ')}`);

const elsewhere = Array.from({ length: 8 }, (_, n) => `127.0.4.${n + 1}`);
const world = await startWorld();
const tell = async (siege: Parameters<typeof besieged>[1]) => {
  for (const { what, value, budget, isWithin } of await besieged(world, siege)) {
    console.log(`${what.padEnd(40)} ${value.padEnd(60)} ${budget}${isWithin ? '' : '  BROKEN'}`);
    if (!isWithin) process.exitCode = 1;
  }
  const load = loadavg().map((each) => each.toFixed(1));
  console.log(`${''.padEnd(40)} load average ${load.join(' ')}`);
};
try {
  // What the computer makes of it without anybody else.
  await tell({ attack: 'peace', from: elsewhere, connections: 0, perSecond: 0, seconds });
  for (const attack of names) {
    if (only !== undefined && only !== attack) continue;
    for (const from of [elsewhere, ['127.0.0.1']]) {
      await tell({ attack, from, connections, perSecond: 200, seconds });
    }
  }
} finally {
  await world.daemon.close();
}
