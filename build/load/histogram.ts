// Many times in little memory: counted by half milliseconds, those above a minute as a minute.
const steps = 2;
const longest = 60_000 * steps;

export interface Histogram {
  add(ms: number): void;
  addAll(entries: readonly (readonly [number, number])[]): void;
  /** The time that `share` of all stay within, ms; NaN when there are none. */
  at(share: number): number;
  entries(): [number, number][];
  readonly count: number;
}

export function createHistogram(): Histogram {
  const counts = new Float64Array(longest + 1);
  let count = 0;
  const put = (bucket: number, times: number) => {
    counts[bucket] = (counts[bucket] ?? 0) + times;
    count += times;
  };
  return {
    add: (ms) => put(Math.max(0, Math.min(longest, Math.ceil(ms * steps))), 1),
    addAll(entries) {
      for (const [bucket, times] of entries) put(bucket, times);
    },
    at(share) {
      let seen = 0;
      for (const [bucket, times] of counts.entries()) {
        seen += times;
        if (times > 0 && seen >= count * share) return bucket / steps;
      }
      return Number.NaN;
    },
    entries: () => [...counts.entries()].filter(([, times]) => times > 0),
    get count() {
      return count;
    },
  };
}
