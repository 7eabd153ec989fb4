// The audit log's chain: a line that was changed, taken out or written in by hand shows.
import { expect, test } from 'vitest';
import type { EventLog, EventStore, LoggedEvent } from '../ports.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { openAudit } from './audit.ts';

const clock = {
  now: () => 1_000,
  today: () => '2026-11-21',
  monotonic: () => 0,
  after: () => () => undefined,
};
const entry = (words: string) => ({ deviceId: 'a', label: 'Ana’s phone', act: 'device.revoke', words });

async function filled(count: number): Promise<EventStore> {
  const store = createMemoryStore({ clock, epoch: 'e' });
  const audit = await openAudit(store, clock);
  for (let at = 1; at <= count; at++) await audit.record(entry(`act ${at}`));
  return store;
}

/** The log as somebody left it who could write to its file. */
async function tampered(
  store: EventStore,
  change: (events: readonly LoggedEvent[]) => readonly LoggedEvent[],
): Promise<Pick<EventStore, 'open' | 'setAside'>> {
  const log = await store.open('audit');
  const changed: EventLog = Object.assign(Object.create(log), {
    read: async (after: number, limit: number) => {
      const all = change(await log.read(0, 1000));
      return all.filter(({ id }) => id > after).slice(0, limit);
    },
  });
  return { open: async () => changed, setAside: async () => undefined };
}

test('entries come newest first, page by page, and the chain goes on over a restart', async () => {
  const audit = await openAudit(await filled(120), clock);
  await audit.record(entry('after the restart'));
  const first = await audit.list(undefined);
  expect(first.brokenAt).toBeNull();
  expect(first.entries).toHaveLength(100);
  expect(first.entries[0]).toMatchObject({ id: 121, words: 'after the restart', when: 1000 });
  const second = await audit.list(first.entries.at(-1)?.id);
  expect(second.entries.map(({ words }) => words)).toEqual(
    Array.from({ length: 21 }, (_, at) => `act ${21 - at}`),
  );
});

test.each([
  [
    'other words',
    (events: readonly LoggedEvent[]) => events.map((e) => (e.id === 3 ? { ...e, words: 'x' } : e)),
    3,
  ],
  [
    'another time',
    (events: readonly LoggedEvent[]) => events.map((e) => (e.id === 3 ? { ...e, when: 9 } : e)),
    3,
  ],
  ['one taken out', (events: readonly LoggedEvent[]) => events.filter(({ id }) => id !== 3), 4],
  ['the first taken out', (events: readonly LoggedEvent[]) => events.filter(({ id }) => id !== 1), 2],
  [
    'two exchanged',
    (events: readonly LoggedEvent[]) => {
      const [a, b, c, ...rest] = events;
      return a && b && c ? [a, { ...c, id: 2 }, { ...b, id: 3 }, ...rest] : events;
    },
    2,
  ],
])('%s breaks the chain', async (_what, change, brokenAt) => {
  const audit = await openAudit(await tampered(await filled(5), change), clock);
  expect((await audit.list(undefined)).brokenAt).toBe(brokenAt);
});

test('entries that come at once stand in order', async () => {
  const audit = await openAudit(createMemoryStore({ clock, epoch: 'e' }), clock);
  await Promise.all(Array.from({ length: 20 }, (_, at) => audit.record(entry(String(at)))));
  const { entries, brokenAt } = await audit.list(undefined);
  expect(brokenAt).toBeNull();
  expect(entries.map(({ words }) => Number(words)).reverse()).toEqual(
    Array.from({ length: 20 }, (_, at) => at),
  );
});
