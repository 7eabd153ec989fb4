// The newest events of a log in memory, so that readers at the head never touch the disk. Bounded by count.
import type { LoggedEvent } from '../ports.ts';

export interface RecentEvents {
  push(events: readonly LoggedEvent[]): void;
  /** Up to `limit` events behind `after`; undefined when that is further back than what is kept. */
  behind(after: number, limit: number): readonly LoggedEvent[] | undefined;
}

export function createRecentEvents(keep: number): RecentEvents {
  let events: LoggedEvent[] = [];
  return {
    push(more) {
      events.push(...more);
      if (events.length > 2 * keep) events = events.slice(-keep);
    },
    behind(after, limit) {
      const first = events[0];
      if (!first || after < first.id - 1) return undefined;
      const start = after - first.id + 1;
      return events.slice(start, start + limit);
    },
  };
}
