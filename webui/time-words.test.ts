import { describe, expect, it } from 'vitest';
import { agoWords, clockWords, costWords, durationWords } from './time-words.ts';

describe('a duration', () => {
  it.each([
    [0, '1 s'],
    [4400, '4 s'],
    [59_600, '1 m'],
    [100_000, '1 m 40 s'],
    [3_600_000, '1 h'],
    [7_500_000, '2 h 5 m'],
  ])('of %i ms reads %s', (ms, said) => {
    expect(durationWords(ms)).toBe(said);
  });
});

describe('a moment, seen from Saturday 21 November 2026, 14:30', () => {
  const now = new Date(2026, 10, 21, 14, 30).getTime();

  it.each([
    [new Date(2026, 10, 21, 14, 29, 30), 'now'],
    [new Date(2026, 10, 21, 14, 31), 'now'],
    [new Date(2026, 10, 21, 14, 26), '4 min'],
    [new Date(2026, 10, 21, 9, 5), '09:05'],
    [new Date(2026, 10, 20, 23, 59), 'Yesterday'],
    [new Date(2026, 10, 17, 8, 0), 'Tue'],
    [new Date(2026, 10, 3, 8, 0), '3 Nov'],
    [new Date(2025, 10, 3, 8, 0), '3 Nov 2025'],
  ])('%s reads %s', (at, said) => {
    expect(agoWords(at.getTime(), now)).toBe(said);
  });
});

describe('a time of day', () => {
  it('is said with 24 hours, midnight as 00', () => {
    expect(clockWords(new Date(2026, 10, 21, 0, 7).getTime())).toBe('00:07');
  });
});

describe('a cost', () => {
  it.each([
    [0, ''],
    [0.004, '<$0.01'],
    [0.124, '$0.12'],
    [3, '$3.00'],
  ])('of %f reads %s', (usd, said) => {
    expect(costWords(usd)).toBe(said);
  });
});
