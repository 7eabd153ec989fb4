// The newest events of a log in memory, so that readers at the head never touch the disk. Bounded by count and by size.
import type { LoggedEvent } from '../ports.ts';

export interface RecentEvents {
  /** What was written at once, and as how many bytes. */
  push(events: readonly LoggedEvent[], bytes: number): void;
  /** Up to `limit` events behind `after`; undefined when that is further back than what is kept. */
  behind(after: number, limit: number): readonly LoggedEvent[] | undefined;
}

const keepBytes = 256 * 1024;

export function createRecentEvents(keep: number): RecentEvents {
  let events: LoggedEvent[] = [];
  let batches: { readonly count: number; readonly bytes: number }[] = [];
  let size = 0;

  function trim(): void {
    let dropped = 0;
    let spare = 0;
    for (const { count, bytes } of batches) {
      if (size <= keepBytes && events.length - spare - count < keep) break;
      dropped += 1;
      spare += count;
      size -= bytes;
    }
    if (dropped === 0) return;
    batches = batches.slice(dropped);
    events = events.slice(spare);
  }

  return {
    push(more, bytes) {
      events.push(...more);
      batches.push({ count: more.length, bytes });
      size += bytes;
      if (size > keepBytes || events.length > 2 * keep) trim();
    },
    behind(after, limit) {
      const first = events[0];
      if (!first || after < first.id - 1) return undefined;
      const start = after - first.id + 1;
      return events.slice(start, start + limit);
    },
  };
}
