// `npm run networks -- [--runs N] [--transport socket|stream] [--seed S] [--fault NAME]`: a page of the real web app in Chromium
// behind a network that fails in N ways, one after the other, while a person writes on it and answers stream in. Prints how long it
// took until the page was live again, and ends with 1 when a word is missing, doubled or out of order. Needs a build.
import { randomInt } from 'node:crypto';
import { loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { createRandom } from '../chaos/random.ts';
import type { Way } from '../wakes/browser.ts';
import { allFaults, type Fault } from './faults.ts';
import { type Passage, startTraveller } from './traveller.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    transport: { type: 'string' },
    seed: { type: 'string' },
    fault: { type: 'string' },
  },
});
const runs = Number(values.runs ?? 64);
const seed = values.seed ?? String(randomInt(1_000_000));
const ways = (['socket', 'stream'] as const).filter((way) => (values.transport ?? way) === way);
const chosen = allFaults.filter((fault) => (values.fault ?? fault) === fault);
if (ways.length === 0 || chosen.length === 0)
  throw new Error(`transports: socket, stream; faults: ${allFaults.join(', ')}`);
/** Faults that one phone goes through: each of them, in an order of its own. */
const each = chosen.length;
const longestMs = 4000;

for (const way of ways) {
  console.log(`npm run networks -- --runs ${runs} --transport ${way} --seed ${seed}`);
  tell(await run(way));
}

async function run(way: Way): Promise<Passage[]> {
  const passages: Passage[] = [];
  for (let phone = 0; passages.length < runs; phone++) {
    const random = createRandom(`${seed}/${way}/${phone}`);
    const traveller = await startTraveller(way, random);
    try {
      for (const fault of shuffled(random.part('order').next).slice(0, runs - passages.length)) {
        const passage = await traveller.pass(fault, longestMs);
        passages.push(passage);
        if (passage.liveMs === undefined) failed(`phone ${phone}, ${fault}: the page was not live again`);
      }
      for (const wrong of await traveller.amiss()) failed(`phone ${phone}: ${wrong}`);
    } finally {
      await traveller.close();
    }
  }
  return passages;
}

function shuffled(next: () => number): Fault[] {
  return chosen
    .slice(0, each)
    .map((fault) => ({ fault, at: next() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ fault }) => fault);
}

function failed(words: string): void {
  console.log(words);
  process.exitCode = 1;
}

function tell(passages: readonly Passage[]): void {
  for (const fault of [...chosen, undefined]) {
    const some = passages.filter((passage) => fault === undefined || passage.fault === fault);
    if (some.length === 0) continue;
    const times = some.map(({ liveMs }) => liveMs ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
    const at = (share: number) =>
      String(Math.round(times[Math.ceil(times.length * share) - 1] ?? 0)).padStart(5);
    console.log(
      `${(fault ?? 'all').padEnd(14)} ${String(some.length).padStart(4)} runs; live again p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, most ${at(1)} ms`,
    );
  }
  console.log(`load average ${loadavg()[0]?.toFixed(1)}`);
}
