// `npm run soak -- [--minutes N] [--seed S]`: the daemon's long life, hurried: phones talk over a bad network, the daemon is killed
// now and then, and each minute a line says how big it is. Ends with 1 when open files or processes grow. Needs a build; Linux.
import { randomInt } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { startPhone, type Phone } from '../chaos/phones.ts';
import { preparePrograms } from '../chaos/programs.ts';
import { startProxy } from '../chaos/proxy.ts';
import { createRandom } from '../chaos/random.ts';
import { createWorld } from '../chaos/world.ts';
import { grown, type Measure, measure, slopeOf } from './measure.ts';

const { values } = parseArgs({ options: { minutes: { type: 'string' }, seed: { type: 'string' } } });
const minutes = Number(values.minutes ?? 60);
const seed = values.seed ?? String(randomInt(1_000_000));
const everyMs = 5000;
/** A life of the daemon; in a short run there are two. */
const lifeMs = Math.min(10, minutes / 2) * 60_000;
/** What a start takes up is no leak. */
const warmUpMs = Math.min(60_000, lifeMs / 3);
/** Below this a slope is that of the start. */
const tellingMinutes = 10;
const slowness = 15;

console.log(`npm run soak -- --minutes ${minutes} --seed ${seed}`);
const programs = await preparePrograms(undefined);
const world = createWorld(programs.daemon);
const random = createRandom(seed);
await world.start();
const proxy = await startProxy({ target: () => world.port, random: random.part('network') });
const phones = await Promise.all((['socket', 'stream', 'socket'] as const).map(letIn));
try {
  const all = await live();
  const slope = minutes < tellingMinutes ? undefined : slopeOf(all.warm);
  console.log(
    `RSS slope ${slope === undefined ? `needs ${tellingMinutes} minutes or more` : `${slope.toFixed(1)} MB/h`}, load average ${loadavg()[0]?.toFixed(1)}`,
  );
  for (const what of grown(all.byMinute)) {
    console.log(`VIOLATION ${what}`);
    process.exitCode = 1;
  }
} finally {
  for (const phone of phones) await phone.close();
  await proxy.close();
  await world.close('remove');
  await programs.remove();
}

async function letIn(way: 'socket' | 'stream', index: number): Promise<Phone> {
  const name = `${way}-${index}`;
  const { token } = JSON.parse(await world.porchlight('token', 'create', '--name', name, '--json'));
  const folder = join(world.folder, name);
  mkdirSync(folder);
  return startPhone(programs.phone, {
    ...{ name, way, token, folder, slowness, seed: `${seed}/${name}`, project: world.project },
    ...{ host: `localhost:${world.port}`, proxyPort: proxy.port },
    certificate: join(world.home, 'tls', 'cert.pem'),
    // Nobody checks here what each phone saw; that is what chaos is for.
    journal: '/dev/null',
  });
}

async function live(): Promise<{ warm: Measure[]; byMinute: Measure[][] }> {
  const warm: Measure[] = [];
  const byMinute: Measure[][] = [];
  const began = performance.now();
  let life = 1;
  let bornAt = began;
  for (let minute = 1; minute <= minutes; minute++) {
    const own: Measure[] = [];
    while (performance.now() - began < minute * 60_000) {
      await pause(everyMs);
      if (performance.now() - bornAt > lifeMs) {
        await world.end('SIGKILL');
        await world.start();
        life += 1;
        bornAt = performance.now();
      }
      const now = measure({ folder: world.folder, home: world.home, life });
      if (!now) continue;
      own.push(now);
      if (now.at - bornAt > warmUpMs) warm.push(now);
    }
    byMinute.push(own);
    tell(minute, own, byMinute.at(-2));
  }
  return { warm, byMinute };
}

function tell(minute: number, own: readonly Measure[], before: readonly Measure[] | undefined): void {
  const now = own.at(-1);
  if (!now) return console.log(`${minute} min: the daemon does not run`);
  const growth = now.logMb - (before?.at(-1)?.logMb ?? 0);
  console.log(
    `${String(minute).padStart(4)} min: RSS ${now.rssMb.toFixed(0)} MB, ${now.fds} fds, ${now.processes} processes, ` +
      `logs ${now.logMb.toFixed(2)} MB (+${growth.toFixed(2)}), life ${now.life}`,
  );
}
