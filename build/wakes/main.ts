// `npm run wakes -- [--count N] [--transport socket|stream] [--seed S]`: a page of the real web app in Chromium falls asleep and
// wakes N times in every way that a phone has, while words are written. Prints how long until it was live again, and ends with 1
// when anything was missed or shown twice. Needs a build.
import { randomInt } from 'node:crypto';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { createRandom } from '../chaos/random.ts';
import { startSleepyPhone, type Way } from './browser.ts';
import { allKinds } from './kinds.ts';
import { createSleeper, type Sleeper, type Wake } from './wake.ts';

const { values } = parseArgs({
  options: { count: { type: 'string' }, transport: { type: 'string' }, seed: { type: 'string' } },
});
const count = Number(values.count ?? 100);
const seed = values.seed ?? String(randomInt(1_000_000));
const ways: Way[] = values.transport === undefined ? ['socket', 'stream'] : [wayOf(values.transport)];
/** Wakes in one conversation. */
const each = 25;

for (const way of ways) {
  console.log(`npm run wakes -- --count ${count} --transport ${way} --seed ${seed}`);
  tell(await run(way));
}

async function run(way: Way): Promise<Wake[]> {
  const random = createRandom(`${seed}/${way}`);
  const phone = await startSleepyPhone(way);
  const wakes: Wake[] = [];
  try {
    let sleeper: Sleeper | undefined;
    for (let at = 0; at < count; at++) {
      if (at % each === 0) {
        // Not by an address: the browser may put that on a connection that was swallowed, and wait.
        if (at > 0) await phone.person.button('Back').click();
        sleeper = await createSleeper(phone, random);
      }
      const wake = await sleeper?.wake(random.pick(allKinds) ?? 'stopped');
      if (!wake) break;
      wakes.push(wake);
      if (wakes.length % 100 === 0) console.log(`${wakes.length} wakes`);
      const { kind, liveMs, missed, doubled } = wake;
      if (liveMs === undefined || missed.length + doubled.length > 0)
        console.log(`wake ${at + 1} (${kind}): ${JSON.stringify({ liveMs, missed, doubled })}`);
    }
  } finally {
    await phone.close();
  }
  console.log(`loaded anew where the browser keeps pages for "back": ${phone.notKept.length}`);
  for (const why of new Set(phone.notKept)) console.log(`  ${why}`);
  return wakes;
}

function tell(wakes: readonly Wake[]): void {
  for (const kind of [...allKinds, undefined]) {
    const some = wakes.filter((wake) => kind === undefined || wake.kind === kind);
    if (some.length === 0) continue;
    const times = some.map(({ liveMs }) => liveMs ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
    const at = (share: number) =>
      String(Math.round(times[Math.ceil(times.length * share) - 1] ?? 0)).padStart(5);
    const missed = some.flatMap((wake) => wake.missed).length;
    const doubled = some.flatMap((wake) => wake.doubled).length;
    const line = `live again p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms; missed ${missed}, doubled ${doubled}`;
    console.log(`${(kind ?? 'all').padEnd(17)} ${String(some.length).padStart(4)} wakes; ${line}`);
    if (missed + doubled > 0 || times.at(-1) === Number.POSITIVE_INFINITY) process.exitCode = 1;
  }
  console.log(`load average ${loadavg()[0]?.toFixed(1)}`);
}

function wayOf(name: string): Way {
  if (name === 'socket' || name === 'stream') return name;
  throw new Error(`there is no transport ${name}; there are socket and stream`);
}
