import { expect, test } from 'vitest';
import { contextShare, fullness } from './context-words.ts';

test.each([
  [null, null, 'fine'],
  [{ tokens: 5, window: null }, null, 'fine'],
  [{ tokens: 5, window: 0 }, null, 'fine'],
  [{ tokens: 158_999, window: 200_000 }, 0.79, 'fine'],
  [{ tokens: 160_000, window: 200_000 }, 0.8, 'filling'],
  [{ tokens: 190_000, window: 200_000 }, 0.95, 'full'],
  [{ tokens: 250_000, window: 200_000 }, 1, 'full'],
] as const)('%o is %s and %s', (context, share, expected) => {
  expect([contextShare(context), fullness(contextShare(context))]).toEqual([share, expected]);
});
