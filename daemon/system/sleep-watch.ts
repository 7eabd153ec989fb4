// Notices that the computer has stood still: a tick that comes far later than it should. By the time since boot, which goes on in
// sleep and which nobody sets, unlike the clock; the daemon's own timers stop with the computer.
import type { Clock } from '../ports.ts';
import type { WatchSleep } from '../ports/desktop.ts';

const tickMs = 2000;
/** A busy computer may be as late as this. */
const lateMs = 10_000;

/** `sinceBootMs` counts sleep too. */
export function createWatchSleep({
  clock,
  sinceBootMs,
}: {
  clock: Clock;
  sinceBootMs: () => number;
}): WatchSleep {
  return (told) => {
    let last = { boot: sinceBootMs(), at: clock.now() };
    const look = () => {
      const now = { boot: sinceBootMs(), at: clock.now() };
      const stoodStillMs = now.boot - last.boot - tickMs;
      last = now;
      cancel = clock.after(tickMs, look);
      // The clock may have been set meanwhile, so the beginning is counted back from the end.
      if (stoodStillMs > lateMs) told({ from: Math.round(now.at - stoodStillMs), until: now.at });
    };
    let cancel = clock.after(tickMs, look);
    return () => cancel();
  };
}
