// Readers that ask for a long conversation and then take nothing: what the others notice of it, what it costs the daemon, and
// that they are let go.
import { setTimeout as pause } from 'node:timers/promises';
import type { Row } from '../bench/row.ts';
import { createHistogram } from './histogram.ts';
import { startReaders } from './reader-process.ts';
import { startWorld, type World } from './world.ts';

const everyMs = 5;
/** Enough that no kernel's buffers hold it. */
const longMessages = 80;
const longMessage = 200_000;

export async function stoppedReaders(options: {
  readers: number;
  stopped: number;
  seconds: number;
}): Promise<Row[]> {
  const { readers, stopped, seconds } = options;
  const world = await startWorld();
  const good = startReaders(world.daemon.client);
  const bad = startReaders(world.daemon.client);
  try {
    const long = await makeLong(world);
    const conversationId = await world.create('Streamed');
    await world.stream(conversationId, { deltas: 1, everyMs });
    const logs = ['lobby', conversationId];
    await good.open({ count: readers - stopped, logs, stops: false });
    const stream = { deltas: (seconds * 1000) / everyMs, everyMs };
    const round = async () => {
      await good.wipe();
      await world.stream(conversationId, stream);
      return good.read({ heads: await world.heads(logs), seconds: 60 });
    };
    const without = await round();
    const before = await world.settledMb();
    await bad.open({ count: stopped, logs: [long], stops: true });
    let peak = 0;
    const watch = setInterval(() => {
      peak = Math.max(peak, world.rssMb());
    }, 200);
    const beside = await round();
    // Whoever takes nothing for ten seconds is let go, and cut off a second later; the kernel's buffers may take some first.
    await pause(Math.max(0, 25 - seconds) * 1000);
    const after = await world.settledMb();
    clearInterval(watch);
    await bad.resume();
    const { closes } = await bad.read({ heads: { [long]: 1e9 }, seconds: 3 });
    const ended = Object.values(closes).reduce((sum, n) => sum + n, 0);
    const lost = without.lost + beside.lost;
    const how = Object.entries(closes).map(([code, n]) => `${n} × ${code}`);
    const row = (what: string, value: string, budget = '', isWithin = true): Row => ({
      what,
      value,
      budget,
      isWithin,
    });
    return [
      row(`${readers - stopped} readers beside ${stopped} stopped: lost`, `${lost}`, '0', lost === 0),
      row('from write to reader, without', times(without.histogram)),
      row('from write to reader, beside them', times(beside.histogram)),
      row('RSS', `${before.toFixed(0)} MB before, ${peak.toFixed(0)} MB at most, ${after.toFixed(0)} after`),
      row('let go', `${how.join(', ')} of ${stopped}`, `${stopped}`, ended === stopped),
    ];
  } finally {
    await Promise.all([good.close(), bad.close()]);
    await world.daemon.close();
  }
}

function times(entries: readonly (readonly [number, number])[]): string {
  const histogram = createHistogram();
  histogram.addAll(entries);
  return `p50 ${histogram.at(0.5)} · p99 ${histogram.at(0.99)} ms`;
}

async function makeLong({ daemon, create }: World): Promise<string> {
  const conversationId = await create('Long');
  for (let n = 0; n < longMessages; n++) {
    const text = `${n} `.padEnd(longMessage, 'x');
    await daemon.client.command('message.send', { conversationId, clientId: `long-${n}`, text });
  }
  return conversationId;
}
