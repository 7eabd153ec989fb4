// How long to wait before the next try: at once, then 0.25 s, doubling to 15 s, each a little random, so that many
// devices do not knock together. Pure but for its count.

const firstMs = 250;
const longestMs = 15_000;

export interface BackOff {
  /** Milliseconds; grows from call to call. */
  next(): number;
  /** It worked, or the person came back: begin again. */
  reset(): void;
}

/** `random` gives 0 to 1, as Math.random does. */
export function createBackOff(random: () => number): BackOff {
  let tries = 0;
  return {
    next() {
      const longest = tries === 0 ? 0 : Math.min(longestMs, firstMs * 2 ** (tries - 1));
      tries += 1;
      return Math.round(longest * (0.75 + random() / 4));
    },
    reset() {
      tries = 0;
    },
  };
}
