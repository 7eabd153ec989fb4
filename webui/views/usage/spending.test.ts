import { expect, test } from 'vitest';
import { dateOf, spentByProject, spentIn } from './spending.ts';

const spending = {
  '2026-10-22': { '/p/old': 32 },
  '2026-10-23': { '/p/shop': 16 },
  '2026-11-15': { '/p/shop': 8 },
  '2026-11-20': { '/p/blog': 4 },
  '2026-11-21': { '/p/shop': 1, '/p/blog': 2 },
};

test.each([
  [1, 3],
  [7, 15],
  [30, 31],
  [60, 63],
])('the last %d days cost %d', (days, usd) => {
  expect(spentIn(spending, '2026-11-21', days)).toBe(usd);
});

test('projects come with the dearest first', () => {
  expect(spentByProject(spending, '2026-11-21', 30)).toEqual([
    { cwd: '/p/shop', usd: 25 },
    { cwd: '/p/blog', usd: 6 },
  ]);
});

test('a month is counted back over its end', () => {
  expect(spentIn({ '2026-02-28': { a: 1 }, '2026-02-27': { a: 2 } }, '2026-03-01', 2)).toBe(1);
});

test('a date is the one where the phone is', () => {
  expect(dateOf(new Date(2026, 0, 5, 0, 30).getTime())).toBe('2026-01-05');
});
