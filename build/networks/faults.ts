// The faults of a phone's network, by name: each begins, and ends with the path as it should be. Nothing in here looks at what the
// page shows.
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright';
import type { Random } from '../chaos/random.ts';
import type { FaultProxy } from './fault-proxy.ts';

export interface Faulty {
  readonly proxy: FaultProxy;
  readonly page: Page;
  readonly random: Random;
}

/** Begins; gives what ends it. */
type Begin = (of: Faulty) => Promise<() => Promise<void>>;

export const faults = {
  /** Up to two seconds for each piece, in either direction. */
  async slow({ proxy, random }) {
    proxy.delay(random.between(200, 2000));
    return async () => proxy.delay(0);
  },
  /** What is open is closed, again and again. */
  cuts: (of) => again(of, () => of.proxy.cut('closed')),
  resets: (of) => again(of, () => of.proxy.cut('reset')),
  halfCloses: (of) => again(of, () => of.proxy.cut('half')),
  /** Nothing comes through, and nobody says so. */
  async blackHole({ proxy }) {
    proxy.hold('both');
    return async () => proxy.release();
  },
  /** What the page says arrives, and no answer comes back before the connection breaks: nobody knows what was done. */
  async lostAnswers({ proxy }) {
    proxy.hold('down');
    return async () => {
      proxy.cut('reset');
      proxy.release();
    };
  },
  /** From the one network to the other, and for a while in neither: what was open is silent for ever, and the system tells the page. */
  async addressChange({ proxy, page }) {
    proxy.swallow();
    proxy.hold('both');
    await page.context().setOffline(true);
    return async () => {
      proxy.release();
      await page.context().setOffline(false);
    };
  },
  /** Nobody listens at the address for a while. */
  async restart({ proxy }) {
    await proxy.unplug();
    return () => proxy.listen();
  },
  /** A fate for each connection, as in a chaos run. */
  chaos: ({ proxy }) => proxy.chaos(),
} satisfies Record<string, Begin>;

export type Fault = keyof typeof faults;
export const allFaults = Object.keys(faults) as Fault[];

async function again({ random }: Faulty, strike: () => void): Promise<() => Promise<void>> {
  const ending = new AbortController();
  const striking = (async () => {
    while (!ending.signal.aborted) {
      strike();
      // Ended early by the end of the fault, which is no error.
      await pause(random.between(50, 900), undefined, { signal: ending.signal }).catch(() => undefined);
    }
  })();
  return async () => {
    ending.abort();
    await striking;
  };
}
