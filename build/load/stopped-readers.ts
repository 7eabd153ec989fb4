// Readers that ask for a long conversation and then take nothing, in turn with rounds without them: what the others notice, what
// it costs the daemon, and that whoever stopped sees why it was let go and comes back without a loss.
import type { Row } from '../bench/row.ts';
import { createHistogram, type Histogram } from './histogram.ts';
import { startReaders } from './reader-process.ts';
import { startWorld, type World } from './world.ts';

const everyMs = 5;
/** Enough that no kernel's buffers hold it. */
const longMessages = 80;
const longMessage = 200_000;
const rounds = 3;
/** Of a round beside readers that have stopped: they are let go after ten, and that must be seen too. */
const shortest = 20;

interface Half {
  readonly histogram: Histogram;
  lost: number;
  /** The most of any round. */
  mb: number;
}

export async function stoppedReaders(options: {
  readers: number;
  stopped: number;
  seconds: number;
}): Promise<Row[]> {
  const { readers, stopped } = options;
  const seconds = Math.max(shortest, options.seconds);
  const world = await startWorld();
  const good = startReaders(world.daemon.client);
  const bad = startReaders(world.daemon.client);
  try {
    const long = await makeLong(world);
    const conversationId = await world.create('Streamed');
    await world.stream(conversationId, { deltas: 1, everyMs });
    const logs = ['lobby', conversationId];
    const heads = await world.heads([long]);
    await good.open({ count: readers - stopped, logs, stops: false });

    async function stream(half: Half, begin: () => Promise<void>): Promise<void> {
      await world.settledMb();
      await good.wipe();
      const mostMb = world.watchMostMb();
      await begin();
      await world.stream(conversationId, { deltas: (seconds * 1000) / everyMs, everyMs });
      half.mb = Math.max(half.mb, mostMb());
      const { histogram, lost } = await good.read({ heads: await world.heads(logs), seconds: 60 });
      half.histogram.addAll(histogram);
      half.lost += lost;
    }

    const [without, beside]: [Half, Half] = [emptyHalf(), emptyHalf()];
    const closes: Record<string, number> = {};
    let lost = 0;
    await stream(emptyHalf(), async () => undefined);
    for (let round = 0; round < rounds; round++) {
      await stream(without, async () => undefined);
      await stream(beside, () => bad.open({ count: stopped, logs: [long], stops: true }));
      await bad.resume();
      const readings = await bad.read({ heads, seconds: 120 });
      lost += readings.lost;
      for (const [code, times] of Object.entries(readings.closes)) closes[code] = (closes[code] ?? 0) + times;
      await bad.end();
      await bad.wipe();
    }

    const late = (beside.histogram.at(0.99) / without.histogram.at(0.99) - 1) * 100;
    const cost = beside.mb - without.mb;
    const all = stopped * rounds;
    const codes = Object.entries(closes).map(([code, times]) => `${times} × ${code}`);
    const row = (what: string, value: string, budget = '', isWithin = true): Row => ({
      ...{ what, value, budget, isWithin },
    });
    const missed = without.lost + beside.lost;
    return [
      row(`${readers - stopped} readers beside ${stopped} stopped: lost`, `${missed}`, '0', missed === 0),
      row('from write to reader, without', times(without.histogram)),
      row('from write to reader, beside them', times(beside.histogram)),
      row('p99 beside them', `${late >= 0 ? '+' : ''}${late.toFixed(0)} %`, '≤ 10 %', late <= 10),
      row('most RSS', `${without.mb.toFixed(0)} MB without, ${beside.mb.toFixed(0)} MB beside them`),
      row(`cost of ${stopped} stopped`, `${cost.toFixed(0)} MB`, '≤ 20 MB', cost <= 20),
      row('let go, as they see it', codes.join(', '), `${all} × 4408`, closes[4408] === all),
      row('came back at their cursors: lost', `${lost} of ${all}`, '0', lost === 0),
    ];
  } finally {
    await Promise.all([good.close(), bad.close()]);
    await world.daemon.close();
  }
}

const emptyHalf = (): Half => ({ histogram: createHistogram(), lost: 0, mb: 0 });

function times(histogram: Histogram): string {
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
