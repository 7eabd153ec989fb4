// Very many sockets that follow the lobby and one conversation while Claude streams: what each costs while nothing happens, how
// late the words come, and whether anything is missing anywhere.
import { setTimeout as pause } from 'node:timers/promises';
import type { Row } from '../bench/row.ts';
import { startReaders, together } from './reader-process.ts';
import { startWorld } from './world.ts';

const processes = 2;
const everyMs = 5;

export async function manyReaders({
  sockets,
  seconds,
}: {
  sockets: number;
  seconds: number;
}): Promise<Row[]> {
  const world = await startWorld();
  const all = Array.from({ length: processes }, () => startReaders(world.daemon.client));
  try {
    const conversationId = await world.create('Streamed');
    await world.stream(conversationId, { deltas: 1, everyMs });
    const logs = ['lobby', conversationId];
    const before = await world.settledMb();
    for (const [n, readers] of all.entries()) {
      const count = Math.floor((sockets + n) / processes);
      await readers.open({ count, logs, stops: false });
    }
    await pause(3000);
    const idle = await world.settledMb();
    for (const readers of all) await readers.wipe();
    const worked = world.processorSeconds();
    const mostMb = world.watchMostMb();
    await world.stream(conversationId, { deltas: (seconds * 1000) / everyMs, everyMs });
    const most = mostMb();
    const busy = world.processorSeconds() - worked;
    const heads = await world.heads(logs);
    const readings = await Promise.all(all.map((readers) => readers.read({ heads, seconds: 60 })));
    const after = await world.settledMb();
    const { lost, frames, deltas, histogram, closes } = together(readings);
    const closed = Object.entries(closes).map(([code, times]) => `${times} × ${code}`);
    const perSocket = ((idle - before) * 1024) / sockets;
    const late = histogram.at(0.99);
    const value = (words: string, budget = '', isWithin = true) => ({ value: words, budget, isWithin });
    return [
      { what: `${sockets} readers: lost`, ...value(`${lost} of ${sockets}`, '0', lost === 0) },
      { what: 'closed meanwhile', ...value(closed.join(', ') || 'none', 'none', closed.length === 0) },
      {
        what: 'delivered',
        ...value(`${deltas} deltas in ${frames} frames, ${((busy * 1e6) / frames).toFixed(1)} µs each`),
      },
      {
        what: 'from write to reader',
        ...value(`p50 ${histogram.at(0.5)} · p99 ${late} ms`, 'p99 ≤ 250 ms', late <= 250),
      },
      {
        what: 'RSS',
        ...value(
          `${before.toFixed(0)} MB before, ${idle.toFixed(0)} idle, ${most.toFixed(0)} streaming, ${after.toFixed(0)} after`,
          '≤ 250 MB',
          most <= 250,
        ),
      },
      { what: 'one idle socket', ...value(`${perSocket.toFixed(1)} kB`, '≤ 60 kB', perSocket <= 60) },
    ];
  } finally {
    await Promise.all(all.map((readers) => readers.close()));
    await world.daemon.close();
  }
}
