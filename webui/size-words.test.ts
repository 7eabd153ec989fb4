import { expect, test } from 'vitest';
import { sizeWords } from './size-words.ts';

test('sizes are told in the unit that a person would use', () => {
  const told = [0, 999, 1000, 1499, 999_499, 999_500, 1_440_000, 20_971_520].map(sizeWords);
  expect(told).toEqual(['0 B', '999 B', '1 kB', '1 kB', '999 kB', '1 MB', '1.4 MB', '21 MB']);
});
