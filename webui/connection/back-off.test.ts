import { expect, it } from 'vitest';
import { createBackOff } from './back-off.ts';

const waits = (random: () => number, count: number) => {
  const backOff = createBackOff(random);
  return Array.from({ length: count }, () => backOff.next());
};

it('tries at once, then doubles from a quarter of a second to fifteen seconds', () => {
  expect(waits(() => 1, 9)).toEqual([0, 250, 500, 1000, 2000, 4000, 8000, 15_000, 15_000]);
});

it('takes up to a quarter off at random', () => {
  expect(waits(() => 0, 4)).toEqual([0, 188, 375, 750]);
});

it('begins again after a reset', () => {
  const backOff = createBackOff(() => 1);
  for (let i = 0; i < 5; i++) backOff.next();
  backOff.reset();
  expect(backOff.next()).toBe(0);
});
