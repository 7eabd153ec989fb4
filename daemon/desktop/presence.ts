// Knows whether anybody looks at Porchlight on any device: pages say so, and this counts them. Decides nothing.
import type { Clock, Dispose } from '../ports.ts';
import type { Presence } from '../ports/desktop.ts';

/** Whoever has just put the phone away still knows. */
const awayAfterMs = 30_000;

export function createPresence(clock: Clock): Presence {
  const watchers = new Set<() => void>();
  let looking = 0;
  let lastLooked = Number.NEGATIVE_INFINITY;
  const tell = () => {
    for (const told of watchers) told();
  };
  return {
    begin() {
      let isOver = false;
      looking += 1;
      if (looking === 1) tell();
      return () => {
        if (isOver) return;
        isOver = true;
        looking -= 1;
        lastLooked = clock.monotonic();
        if (looking === 0) tell();
      };
    },
    get awayInMs() {
      return looking > 0 ? undefined : Math.max(0, lastLooked + awayAfterMs - clock.monotonic());
    },
    watch(told): Dispose {
      watchers.add(told);
      return () => void watchers.delete(told);
    },
  };
}
