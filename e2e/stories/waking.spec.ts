// A phone sleeps in every way there is while others write, over both transports: after each wake the page is live again and
// shows what the computer has, each word once. `npm run wakes` is the long form.
import { expect, test } from '@playwright/test';
import { createRandom } from '../../build/chaos/random.ts';
import { startSleepyPhone, type Way } from '../../build/wakes/browser.ts';
import { allKinds } from '../../build/wakes/kinds.ts';
import { createSleeper, type Wake } from '../../build/wakes/wake.ts';

const ways: readonly Way[] = ['socket', 'stream'];

for (const way of ways) {
  test(`after every kind of sleep nothing is missed and nothing is doubled (${way})`, async () => {
    test.setTimeout(180_000);
    const phone = await startSleepyPhone(way);
    const wakes: Wake[] = [];
    try {
      const sleeper = await createSleeper(phone, createRandom(`waking/${way}`));
      for (const kind of allKinds) wakes.push(await sleeper.wake(kind));
    } finally {
      await phone.close();
    }
    const bad = wakes.filter(
      ({ liveMs, missed, doubled }) => liveMs === undefined || missed.length + doubled.length > 0,
    );
    expect(bad).toEqual([]);
  });
}
