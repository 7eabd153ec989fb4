// What a series of measures comes to.
import { expect, test } from 'vitest';
import { grown, type Measure, slopeOf } from './measure.ts';

const hour = 3_600_000;
const at = (change: Partial<Measure>): Measure => ({
  ...{ at: 0, life: 1, rssMb: 100, fds: 40, processes: 3, logMb: 1 },
  ...change,
});

test('memory is measured within a life: a start begins anew and is no loss', () => {
  const lives = [
    [0, 100],
    [hour, 110],
  ].flatMap(([time = 0, rssMb = 0]) => [
    at({ at: time, rssMb, life: 1 }),
    at({ at: time + 2 * hour, rssMb: rssMb - 50, life: 2 }),
  ]);
  expect(slopeOf(lives)).toBeCloseTo(10);
  expect(slopeOf([at({})])).toBeUndefined();
});

test('open files and processes that only go up are told; ups and downs are not', () => {
  const first = [at({ fds: 40 }), at({ fds: 55 })];
  expect(grown([first, [at({ fds: 60 })]])).toEqual([]);
  expect(grown([first, [at({ fds: 70, processes: 9 }), at({ fds: 68, processes: 8 })]])).toEqual([
    'fds grew: 55 at most at first, 68 at least at last',
    'processes grew: 3 at most at first, 8 at least at last',
  ]);
});
