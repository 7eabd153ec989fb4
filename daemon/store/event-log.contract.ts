// What every event log must do, whichever store made it. Each adapter's test runs this suite.
import { describe, expect, test } from 'vitest';
import type { EventStore } from '../ports.ts';

export function eventLogContract(name: string, openStore: () => Promise<EventStore>): void {
  describe(`${name}: the event log contract`, () => {
    test('gives contiguous ids from 1 and shows events in the order they were appended', async () => {
      const log = await (await openStore()).open('lobby');
      await Promise.all([
        log.append([{ type: 'a' }, { type: 'b' }]).durable,
        log.append([{ type: 'c' }]).durable,
        log.append([{ type: 'd' }]).durable,
      ]);
      const events = await log.read(0, 10);
      expect(events.map((e) => [e.id, e.type])).toEqual([
        [1, 'a'],
        [2, 'b'],
        [3, 'c'],
        [4, 'd'],
      ]);
      expect(log.head).toBe(4);
    });

    test('reads behind a cursor, to the head and no further', async () => {
      const log = await (await openStore()).open('lobby');
      for (let n = 1; n <= 20; n++) await log.append([{ type: 'tick', n }]).durable;
      const from = async (after: number, limit: number) => (await log.read(after, limit)).map((e) => e.id);
      expect(await from(5, 3)).toEqual([6, 7, 8]);
      expect(await from(18, 10)).toEqual([19, 20]);
      expect(await from(20, 10)).toEqual([]);
    });

    test('an append of nothing changes nothing', async () => {
      const log = await (await openStore()).open('lobby');
      await log.append([{ type: 'a' }]).durable;
      expect(log.append([]).events).toEqual([]);
      await log.append([{ type: 'b' }]).durable;
      expect((await log.read(0, 10)).map((e) => [e.id, e.type])).toEqual([
        [1, 'a'],
        [2, 'b'],
      ]);
    });

    test('wakes a waiting reader when an event is appended', async () => {
      const log = await (await openStore()).open('lobby');
      const grown = log.grown(0, new AbortController().signal);
      await log.append([{ type: 'a' }]).durable;
      expect(await grown).toBe(true);
    });

    test('lets a waiting reader go when its signal fires', async () => {
      const log = await (await openStore()).open('lobby');
      const stop = new AbortController();
      const grown = log.grown(0, stop.signal);
      stop.abort();
      expect(await grown).toBe(false);
    });

    test('opens the same log for the same name, and an empty one after remove', async () => {
      const store = await openStore();
      const name = '00000000-0000-4000-8000-000000000000';
      await (await store.open(name)).append([{ type: 'a' }]).durable;
      expect((await store.open(name)).head).toBe(1);
      await store.remove(name);
      expect((await store.open(name)).head).toBe(0);
    });
  });
}

/** For a store that keeps all of a short log together, and little of it in memory. */
export function foldingContract(name: string, openStore: () => Promise<EventStore>): void {
  describe(`${name}: what can be folded away`, () => {
    test('folds superfluous deltas away: ids go on, and a reader in their middle gets on without a gap', async () => {
      const log = await (await openStore()).open('lobby');
      const delta = { type: 'text.delta', blockId: 'b', text: 'x' };
      for (let n = 1; n <= 4; n++)
        await log.append([{ ...delta, source: { runId: 'r', offset: n } }]).durable;
      await log.append([{ type: 'text.finished', blockId: 'b', text: 'xxxx' }, { type: 'a' }]).durable;
      await log.fold(new AbortController().signal);
      await log.append([{ type: 'b' }]).durable;
      const from = async (after: number) => (await log.read(after, 10)).map((e) => [e.id, e.type]);
      const rest = [
        [5, 'text.finished'],
        [6, 'a'],
        [7, 'b'],
      ];
      expect(await from(0)).toEqual([[1, 'text.delta'], [4, 'deltas.folded'], ...rest]);
      expect(await from(2)).toEqual([[4, 'deltas.folded'], ...rest]);
      expect(await from(4)).toEqual(rest);
      const [folded] = await log.read(1, 1);
      expect(folded).toMatchObject({ from: 2, to: 4, source: { runId: 'r', offset: 4 } });
    });
  });
}
