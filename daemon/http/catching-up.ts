// Turns for readers that catch up: so many in each round of the event loop, first come, first served. What happens meanwhile,
// and who reads it, must not wait until all that was missed is read.

/** Undefined when there is room in this round; else resolves in the round that has. */
export type TakeTurn = () => Promise<void> | undefined;

export function createTurns(inRound: number): TakeTurn {
  let taken = 0;
  let waiting: (() => void)[] = [];

  function nextRound(): void {
    const woken = waiting.slice(0, inRound);
    waiting = waiting.slice(inRound);
    taken = woken.length + waiting.length;
    if (taken > 0) setImmediate(nextRound);
    for (const wake of woken) wake();
  }

  return () => {
    if (taken === 0) setImmediate(nextRound);
    taken += 1;
    if (taken <= inRound) return undefined;
    return new Promise((resolve) => waiting.push(resolve));
  };
}
