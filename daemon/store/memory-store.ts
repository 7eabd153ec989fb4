// An event store that lives and dies with the process. Passes the same contract suite as the file store.
import type { Clock, EventLog, EventStore, LoggedDraft, LoggedEvent } from '../ports.ts';
import { findSuperfluousDeltas, foldAway } from '../protocol/folded-deltas.ts';
import { createGrowth } from './growth.ts';

export function createMemoryStore(options: { clock: Clock; epoch: string }): EventStore {
  const logs = new Map<string, EventLog>();
  return {
    epoch: options.epoch,
    async open(name) {
      const log = logs.get(name) ?? createMemoryLog(options.clock);
      logs.set(name, log);
      return log;
    },
    async remove(name) {
      await logs.get(name)?.close();
      logs.delete(name);
    },
    async setAside(name) {
      await logs.get(name)?.close();
      logs.delete(name);
    },
    names: async () => [...logs.keys()].filter((name) => name !== 'lobby' && name !== 'audit'),
    async close() {
      for (const log of logs.values()) await log.close();
      logs.clear();
    },
  };
}

function createMemoryLog(clock: Clock): EventLog {
  let events: LoggedEvent[] = [];
  let head = 0;
  const growth = createGrowth(() => head);
  let checkpoint: Buffer | undefined;
  return {
    get head() {
      return head;
    },
    damaged: false,
    append(drafts: readonly LoggedDraft[]) {
      const at = clock.now();
      const added = drafts.map((draft, index) => ({ ...draft, id: head + 1 + index, at }));
      events.push(...added);
      head += added.length;
      growth.grew();
      return { events: added, durable: Promise.resolve() };
    },
    async read(after, limit) {
      const start = events.findIndex((event) => event.id > after);
      return start < 0 ? [] : events.slice(start, start + limit);
    },
    grown: growth.wait,
    watch: growth.watch,
    get isClosed() {
      return growth.isClosed;
    },
    checkpoint: {
      read: async () => checkpoint,
      async write(content) {
        checkpoint = content;
      },
    },
    async fold() {
      const superfluous = findSuperfluousDeltas();
      for (const event of events) superfluous.see(event);
      events = events.flatMap(foldAway(superfluous.ranges()));
      return 0;
    },
    async close() {
      growth.close();
    },
  };
}
