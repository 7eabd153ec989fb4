import { expect, test } from 'vitest';
import type { StandStill } from '../ports/desktop.ts';
import { settableClock } from '../testing/settable-clock.ts';
import { createWatchSleep } from './sleep-watch.ts';

function stage() {
  const { clock: standing, pass } = settableClock();
  let slept = 0;
  let set = 0;
  const clock = { ...standing, now: () => 1_000_000 + standing.monotonic() + slept + set };
  const told: StandStill[] = [];
  const watch = createWatchSleep({ clock, sinceBootMs: () => standing.monotonic() + slept });
  const dispose = watch((standStill) => void told.push(standStill));
  return {
    ...{ pass, told, dispose },
    sleep(ms: number) {
      slept += ms;
    },
    setClock(ms: number) {
      set += ms;
    },
  };
}

test('a sleep is told when it is over, with when it was', () => {
  const at = stage();
  at.pass(9000);
  at.sleep(3_600_000);
  at.pass(2000);
  at.pass(60_000);
  expect(at.told).toEqual([{ from: 1_010_000, until: 4_610_000 }]);
});

test('a clock that is set and a computer that is slow are no sleep', () => {
  const at = stage();
  at.pass(5000);
  at.setClock(3_600_000);
  at.pass(5000);
  at.setClock(-7_200_000);
  at.sleep(9000);
  at.pass(5000);
  expect(at.told).toEqual([]);
});

test('whoever has stopped watching is told nothing', () => {
  const at = stage();
  at.dispose();
  at.sleep(3_600_000);
  at.pass(10_000);
  expect(at.told).toEqual([]);
});
