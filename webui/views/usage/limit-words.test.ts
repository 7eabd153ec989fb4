import { describe, expect, test } from 'vitest';
import type { Limit } from '../../../daemon/protocol/usage.ts';
import { limitState, limitWords, percent, pressingLimits, resetWords, windowWords } from './limit-words.ts';

const now = new Date(2026, 10, 21, 12, 0).getTime();
const at = (dayOfMonth: number, hour: number, minute: number) =>
  new Date(2026, 10, dayOfMonth, hour, minute).getTime();
const limit = (more: Partial<Limit> = {}): Limit => ({
  window: 'five_hour',
  status: 'allowed_warning',
  resetsAt: at(21, 14, 20),
  used: 0.91,
  ...more,
});

test.each([
  [at(21, 14, 20), '14:20'],
  [at(22, 0, 5), 'tomorrow 00:05'],
  [at(24, 9, 0), 'Tue 09:00'],
  [at(28, 9, 0), '28 Nov, 09:00'],
])('%d is told as %s', (resetsAt, words) => {
  expect(resetWords(resetsAt, now)).toBe(words);
});

test.each([
  [limit(), '5-hour window: 91 % used, resets 14:20'],
  [limit({ status: 'rejected', used: null }), '5-hour window: used up, resets 14:20'],
  [limit({ used: null, resetsAt: null }), '5-hour window'],
  [limit({ status: 'rejected', resetsAt: at(21, 11, 0) }), '5-hour window: began anew'],
  [limit({ window: 'seven_day_opus', used: 0.4 }), '7-day window for Opus: 40 % used, resets 14:20'],
])('%o is told in words', (told, words) => {
  expect(limitWords(told, now)).toBe(words);
});

test('a window of a newer version keeps its name', () => {
  expect(windowWords('one_month_max')).toBe('one month max');
});

describe('a limit', () => {
  test.each([
    ['rejected', 'reached'],
    ['rejected_overage', 'reached'],
    ['allowed_warning', 'near'],
    ['allowed', 'open'],
    ['something_new', 'open'],
  ] as const)('that is %s is %s', (status, state) => {
    expect(limitState(limit({ status }), now)).toBe(state);
  });

  test('is open again from its reset on', () => {
    const { resetsAt } = limit();
    const states = [-1, 0].map((by) => limitState(limit({ status: 'rejected' }), (resetsAt ?? 0) + by));
    expect(states).toEqual(['reached', 'open']);
  });
});

test('what presses comes worst first, and nothing else comes', () => {
  const limits = {
    five_hour: limit(),
    seven_day: limit({ window: 'seven_day', status: 'rejected' }),
    overage: limit({ window: 'overage', status: 'allowed' }),
  };
  expect(pressingLimits(limits, now).map(({ window }) => window)).toEqual(['seven_day', 'five_hour']);
});

test.each([
  [0.914, '91 %'],
  [0.999, '99 %'],
  [1, '100 %'],
  [1.02, '102 %'],
  [0, '0 %'],
])('%d is %s', (share, words) => {
  expect(percent(share)).toBe(words);
});
