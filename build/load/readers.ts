// A process with many readers of the lobby and one conversation; counts how long each delta took. Told what to do by JSON lines on
// its standard input; answers each with one.
import { createInterface } from 'node:readline';
import type { AnyEvent } from '../../daemon/protocol/events.ts';
import { createHistogram } from './histogram.ts';
import { type Opening, openReader, type Reader } from './reader.ts';

export interface ManyOpenings extends Opening {
  readonly count: number;
}

export interface Reading {
  /** Per log, the last id that must come. */
  readonly heads: Readonly<Record<string, number>>;
  readonly seconds: number;
}

export interface Readings {
  /** Readers that missed an event, read one twice or out of order, or did not come to the head. */
  readonly lost: number;
  readonly frames: number;
  readonly deltas: number;
  readonly histogram: [number, number][];
  /** Close codes as the readers saw them, each its first, and how often. */
  readonly closes: Record<string, number>;
}

/** Fewer than the daemon lets in of strangers from one address. */
const atOnce = 16;
let readers: Reader[] = [];
let closes: Record<string, number> = {};
let histogram = createHistogram();
let frames = 0;
let deltas = 0;
const times = new WeakMap<readonly AnyEvent[], readonly number[]>();
const watched = {
  frame() {
    frames += 1;
  },
  letGo(code: number) {
    closes[code] = (closes[code] ?? 0) + 1;
  },
  events(events: readonly AnyEvent[], now: number) {
    for (const wroteAt of timesIn(events)) {
      histogram.add((now - wroteAt) / 1e6);
      deltas += 1;
    }
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { open, read, resume, wipe, end } = JSON.parse(line);
  if (open) await openAll(open);
  if (wipe) clear();
  if (resume) for (const reader of readers) reader.resume();
  if (end) endAll();
  const answer: Readings | object = read ? await readTo(read) : {};
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
endAll();

async function openAll({ count, ...opening }: ManyOpenings): Promise<void> {
  for (let left = count; left > 0; left -= atOnce) {
    const some = Array.from({ length: Math.min(left, atOnce) }, () => openReader(opening, watched));
    readers.push(...(await Promise.all(some)));
  }
}

/** When each delta was written; worked out once for all who read the same. */
function timesIn(events: readonly AnyEvent[]): readonly number[] {
  const known = times.get(events);
  if (known) return known;
  const words = events
    .filter(({ type }) => type === 'text.delta')
    .flatMap(({ text }) => String(text).trim().split(' '));
  const found = words.map((word) => Number(word.split(':')[1] ?? 0));
  times.set(events, found);
  return found;
}

async function readTo({ heads, seconds }: Reading): Promise<Readings> {
  const deadline = performance.now() + seconds * 1000;
  while (!readers.every((reader) => reader.isThere(heads)) && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const lost = readers.filter((reader) => !reader.isGood(heads)).length;
  return { lost, frames, deltas, histogram: histogram.entries(), closes };
}

function endAll(): void {
  for (const reader of readers) reader.end();
  readers = [];
}

function clear(): void {
  histogram = createHistogram();
  frames = 0;
  deltas = 0;
  closes = {};
}
