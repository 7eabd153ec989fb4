// More conversations than places for runs, all streaming at once, two messages each: all come to their end, nothing of any is
// missing, and none has its second turn before all had their first.
import { follows } from '../../daemon/protocol/fold.ts';
import type { LogEvent } from '../../daemon/testing/daemon-client.ts';
import type { Row } from '../bench/row.ts';
import { startWorld } from './world.ts';

const stream = { deltas: 100, everyMs: 20 };

export async function manyConversations({ conversations }: { conversations: number }): Promise<Row[]> {
  const world = await startWorld();
  try {
    const { client } = world.daemon;
    const began = performance.now();
    const ids: string[] = [];
    for (let n = 0; n < conversations; n++) ids.push(await world.create(`Conversation ${n}`));
    for (const id of ids) await world.begin(id, stream);
    for (const id of ids) await world.begin(id, stream);
    const logs = await Promise.all(ids.map((id) => client.readUntil(id, secondEnd(), { seconds: 600 })));
    const seconds = (performance.now() - began) / 1000;
    const incomplete = logs.filter((events) => !isWhole(events)).length;
    const starts = logs.map((events) =>
      events.filter(({ type }) => type === 'turn.started').map(({ at }) => at),
    );
    const lastFirst = Math.max(...starts.map(([first = 0]) => first));
    const early = starts.filter(([, second = 0]) => second < lastFirst).length;
    const order = starts.map(([first = 0], rank) => ({ first, rank })).toSorted((a, b) => a.first - b.first);
    const moved = Math.max(...order.map(({ rank }, place) => Math.abs(rank - place)));
    return [
      {
        what: `${conversations} conversations, 8 places: incomplete`,
        ...{ value: `${incomplete} in ${seconds.toFixed(1)} s`, budget: '0', isWithin: incomplete === 0 },
      },
      { what: 'second turns before the last first', value: `${early}`, budget: '0', isWithin: early === 0 },
      {
        what: 'places out of the order of asking',
        value: `${moved} at most`,
        budget: '≤ 8',
        isWithin: moved <= 8,
      },
    ];
  } finally {
    await world.daemon.close();
  }
}

function secondEnd(): (event: LogEvent) => boolean {
  let ends = 0;
  return ({ type }) => {
    if (type === 'turn.finished' || type === 'turn.interrupted') ends += 1;
    return ends === 2;
  };
}

function isWhole(events: readonly LogEvent[]): boolean {
  const isInRow = events.every((event, index) => follows(events[index - 1]?.id ?? 0, event));
  const deltas = events.filter(({ type }) => type === 'text.delta').map((event) => String(event['text']));
  const numbers = deltas
    .join('')
    .trim()
    .split(' ')
    .map((word) => Number(word.split(':')[0]));
  const expected = [0, 1].flatMap(() => Array.from({ length: stream.deltas }, (_, n) => n));
  return (
    isInRow && numbers.join() === expected.join() && !events.some(({ type }) => type === 'turn.interrupted')
  );
}
