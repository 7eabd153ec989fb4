// `node build/run.mjs build/bench/long.ts [events]`: a conversation of 100,000 events against one of 100, side by side.
import { loadavg } from 'node:os';
import { type LongFigures, measureLong } from './long-conversation.ts';

const short = await measureLong(100);
const long = await measureLong(Number(process.argv[2] ?? 100_000));

console.log(
  `load average ${loadavg()
    .map((load) => load.toFixed(1))
    .join(' ')}`,
);
console.log(
  `${'events'.padEnd(44)} ${short.events.toLocaleString('en')} : ${long.events.toLocaleString('en')}`,
);
for (const key of Object.keys(short) as (keyof LongFigures)[]) {
  if (key === 'events') continue;
  const [few, many] = [short[key], long[key]];
  const ratio = few > 0 ? ` (${(many / few).toFixed(2)})` : '';
  console.log(`${key.padEnd(44)} ${few.toFixed(1)} : ${many.toFixed(1)}${ratio}`);
}
