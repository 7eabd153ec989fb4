// How much may be asked without a credential: so many at once, so many more each second, for each address and for all of
// them together. What turns out to come from a signed-in device is given back. Knows addresses, not who is behind them.
import type { Clock } from '../ports.ts';

export interface BudgetLimits {
  /** Of one address, at once. */
  readonly burst: number;
  /** Of one address, as they come back. */
  readonly perSecond: number;
}

export interface RequestBudget {
  /** False when there is nothing left; then nothing is taken. */
  take(address: string): boolean;
  giveBack(address: string, count: number): void;
}

interface Bucket {
  left: number;
  at: number;
}

/** All addresses together may ask as much as so many. */
const addressesInAll = 4;
/** Nobody can fill the memory with addresses. */
const maxBuckets = 1024;

export function createRequestBudget(limits: BudgetLimits, clock: Clock): RequestBudget {
  const buckets = new Map<string, Bucket>();
  const most = limits.burst * addressesInAll;
  const all: Bucket = { left: most, at: clock.monotonic() };

  function refill(bucket: Bucket, share: number): void {
    const now = clock.monotonic();
    const grown = ((now - bucket.at) / 1000) * limits.perSecond * share;
    bucket.left = Math.min(limits.burst * share, bucket.left + grown);
    bucket.at = now;
  }

  function bucketOf(address: string): Bucket {
    const known = buckets.get(address);
    if (known) return known;
    if (buckets.size >= maxBuckets) forgetSome();
    const bucket = { left: limits.burst, at: clock.monotonic() };
    buckets.set(address, bucket);
    return bucket;
  }

  /** Full ones say nothing; when none is full, the one that was made first goes. */
  function forgetSome(): void {
    for (const [address, bucket] of buckets) {
      refill(bucket, 1);
      if (bucket.left >= limits.burst) buckets.delete(address);
    }
    const first = buckets.keys().next().value;
    if (buckets.size >= maxBuckets && first !== undefined) buckets.delete(first);
  }

  return {
    take(address) {
      const bucket = bucketOf(address);
      refill(bucket, 1);
      refill(all, addressesInAll);
      if (bucket.left < 1 || all.left < 1) return false;
      bucket.left -= 1;
      all.left -= 1;
      return true;
    },
    giveBack(address, count) {
      const bucket = bucketOf(address);
      bucket.left = Math.min(limits.burst, bucket.left + count);
      all.left = Math.min(most, all.left + count);
    },
  };
}
