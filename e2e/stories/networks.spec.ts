// A person writes on while the network fails, half of the ways over each transport: in the end every word is in the log and on the page,
// once and in order. `npm run networks` is the long form.
import { expect, test } from '@playwright/test';
import { createRandom } from '../../build/chaos/random.ts';
import type { Fault } from '../../build/networks/faults.ts';
import { startTraveller } from '../../build/networks/traveller.ts';
import type { Way } from '../../build/wakes/browser.ts';

const ways: readonly (readonly [Way, readonly Fault[]])[] = [
  ['socket', ['slow', 'lostAnswers', 'addressChange', 'restart']],
  ['stream', ['cuts', 'resets', 'lostAnswers', 'blackHole', 'chaos']],
];

for (const [way, faults] of ways) {
  test(`nothing is lost, doubled or turned round by a network that fails (${way})`, async () => {
    test.setTimeout(180_000);
    const traveller = await startTraveller(way, createRandom(`networks/${way}`));
    try {
      const lost: string[] = [];
      for (const fault of faults) {
        const { liveMs } = await traveller.pass(fault, 500);
        if (liveMs === undefined) lost.push(fault);
      }
      expect({ lost, amiss: await traveller.amiss() }).toEqual({ lost: [], amiss: [] });
    } finally {
      await traveller.close();
    }
  });
}
