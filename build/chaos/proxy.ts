// A bad network between the clients and the daemon: a TCP proxy whose connections are delayed, cut into slices, dropped, reset,
// half closed, or swallowed without a word (the phone changed networks). Which fate a connection has follows from the seed.
import { createServer, connect as dial, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Random } from './random.ts';

export interface Proxy {
  readonly port: number;
  /** From now on connections are as they should be; those that are not are cut. */
  heal(): void;
  /** How many connections had which fate. */
  readonly fates: Readonly<Record<string, number>>;
  close(): Promise<void>;
}

const fates = { fine: 40, slow: 15, sliced: 15, dropped: 8, reset: 8, halfClosed: 6, swallowed: 8 };
type Fate = keyof typeof fates;

export async function startProxy(options: { target: () => number; random: Random }): Promise<Proxy> {
  const { target, random } = options;
  const open = new Set<{ fate: Fate; end: () => void }>();
  const counts: Record<string, number> = {};
  let isHealed = false;

  const server: Server = createServer({ allowHalfOpen: true }, (client) => {
    const fate = isHealed ? 'fine' : random.weighted(fates);
    counts[fate] = (counts[fate] ?? 0) + 1;
    const daemon = dial({ port: target(), host: '127.0.0.1', allowHalfOpen: true });
    const end = () => {
      client.destroy();
      daemon.destroy();
      open.delete(connection);
    };
    const connection = { fate, end };
    open.add(connection);
    for (const socket of [client, daemon]) {
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', end);
    }
    const stops = new AbortController();
    void carry({ from: client, to: daemon, fate, random: random.part(`up ${counts[fate]}`), stops });
    void carry({ from: daemon, to: client, fate, random: random.part(`down ${counts[fate]}`), stops });
    if (fate === 'fine' || fate === 'slow' || fate === 'sliced') return;
    setTimeout(() => doom(fate, { client, daemon, stops, end }), random.between(20, 2500));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();

  function doom(fate: Fate, of: { client: Socket; daemon: Socket; stops: AbortController; end: () => void }) {
    if (of.client.destroyed) return;
    if (fate === 'reset') of.client.resetAndDestroy();
    else if (fate === 'halfClosed') of.client.end();
    else if (fate === 'swallowed') {
      of.stops.abort();
      return;
    }
    if (fate !== 'halfClosed') of.end();
  }

  return {
    port: typeof address === 'object' && address ? address.port : 0,
    fates: counts,
    heal() {
      isHealed = true;
      for (const { fate, end } of open) if (fate !== 'fine') end();
    },
    async close() {
      for (const { end } of open) end();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Brings bytes over in one direction until the source ends, or for ever swallows them once `stops` fires. */
async function carry(way: {
  from: Socket;
  to: Socket;
  fate: Fate;
  random: Random;
  stops: AbortController;
}): Promise<void> {
  const { from, to, fate, random, stops } = way;
  try {
    for await (const chunk of from as AsyncIterable<Buffer>) {
      if (stops.signal.aborted) continue;
      if (fate === 'slow') await pause(random.between(0, 120));
      for (const piece of fate === 'sliced' ? slices(chunk, random) : [chunk]) {
        if (to.destroyed) return;
        if (!to.write(piece))
          await new Promise((resolve) => to.once('drain', resolve).once('close', resolve));
        if (fate === 'sliced') await pause(random.between(0, 3));
      }
    }
    if (!stops.signal.aborted) to.end();
  } catch {
    // A connection that breaks is what this is for; both sides are closed by their own events.
  }
}

function* slices(chunk: Buffer, random: Random): Generator<Buffer> {
  for (let at = 0; at < chunk.length; ) {
    const length = random.between(1, 900);
    yield chunk.subarray(at, at + length);
    at += length;
  }
}
