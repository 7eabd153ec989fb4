// A clock that stands still until the test lets time pass: for what would take minutes.
import type { Clock } from '../ports.ts';
import { systemClock } from '../system/clock.ts';

/** The time of day is the computer's; how it passes is the test's. */
export function settableClock(): { clock: Clock; pass(ms: number): void } {
  let time = 0;
  const due = new Set<{ readonly at: number; readonly action: () => void }>();
  return {
    clock: {
      ...systemClock,
      monotonic: () => time,
      after(ms, action) {
        const entry = { at: time + ms, action };
        due.add(entry);
        return () => void due.delete(entry);
      },
    },
    pass(ms) {
      const end = time + ms;
      for (;;) {
        const next = [...due].filter(({ at }) => at <= end).toSorted((a, b) => a.at - b.at)[0];
        if (!next) break;
        due.delete(next);
        time = next.at;
        next.action();
      }
      time = end;
    },
  };
}
