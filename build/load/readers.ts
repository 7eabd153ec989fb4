// A process with many readers: WebSockets that follow the lobby and one conversation. It checks that each reads every event
// once and in order, and counts how long each delta took. Told what to do by JSON lines on its standard input; answers each with one.
import { createInterface } from 'node:readline';
import { WebSocket } from 'ws';
import { createHistogram } from './histogram.ts';

export interface Opening {
  readonly url: string;
  readonly ca: string;
  readonly token: string;
  readonly count: number;
  readonly logs: readonly string[];
  /** Stop reading as soon as the socket is open and has asked. */
  readonly stops: boolean;
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
  readonly closes: Record<string, number>;
}

interface Reader {
  readonly socket: WebSocket;
  readonly last: Map<string, number>;
  isBroken: boolean;
}

const atOnce = 40;
const readers: Reader[] = [];
const closes: Record<string, number> = {};
let histogram = createHistogram();
let frames = 0;
let deltas = 0;

for await (const line of createInterface({ input: process.stdin })) {
  const { open, read, resume, wipe } = JSON.parse(line);
  if (open) await openAll(open);
  if (wipe) clear();
  if (resume) for (const { socket } of readers) socket.resume();
  const answer: Readings | object = read ? await readTo(read) : {};
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
for (const { socket } of readers) socket.terminate();

async function openAll(opening: Opening): Promise<void> {
  for (let left = opening.count; left > 0; left -= atOnce) {
    await Promise.all(Array.from({ length: Math.min(left, atOnce) }, () => openOne(opening)));
  }
}

function openOne({ url, ca, token, logs, stops }: Opening): Promise<void> {
  const socket = new WebSocket(url, { ca, perMessageDeflate: false });
  const reader: Reader = { socket, last: new Map(), isBroken: false };
  const live = new Set<string>();
  readers.push(reader);
  return new Promise((resolve, reject) => {
    socket.on('open', () => {
      socket.send(JSON.stringify({ type: 'auth', token }));
      for (const log of logs) socket.send(JSON.stringify({ type: 'subscribe', log, after: 0 }));
      if (!stops) return;
      socket.pause();
      resolve();
    });
    socket.on('error', (error) => {
      reject(error);
    });
    socket.on('close', (code) => {
      closes[code] = (closes[code] ?? 0) + 1;
      reject(new Error(`closed with ${code}`));
    });
    socket.on('message', (data) => {
      const now = process.hrtime.bigint();
      const frame = JSON.parse(data.toString());
      frames += 1;
      if (frame.type === 'events') take(reader, frame, now);
      if (frame.type !== 'live') return;
      live.add(frame.log);
      if (live.size === logs.length) resolve();
    });
  });
}

interface EventsFrame {
  readonly log: string;
  readonly events: readonly { readonly id: number; readonly type: string; readonly text?: string }[];
}

function take(reader: Reader, { log, events }: EventsFrame, now: bigint): void {
  for (const { id, type, text = '' } of events) {
    if (id !== (reader.last.get(log) ?? 0) + 1) reader.isBroken = true;
    reader.last.set(log, id);
    if (type !== 'text.delta') continue;
    for (const word of text.trim().split(' ')) {
      histogram.add(Number(now - BigInt(word.split(':')[1] ?? '0')) / 1e6);
      deltas += 1;
    }
  }
}

async function readTo({ heads, seconds }: Reading): Promise<Readings> {
  const deadline = performance.now() + seconds * 1000;
  const isThere = ({ last }: Reader) =>
    Object.entries(heads).every(([log, head]) => (last.get(log) ?? 0) >= head);
  while (!readers.every(isThere) && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  const lost = readers.filter((reader) => reader.isBroken || !isThere(reader)).length;
  return { lost, frames, deltas, histogram: histogram.entries(), closes };
}

function clear(): void {
  histogram = createHistogram();
  frames = 0;
  deltas = 0;
}
