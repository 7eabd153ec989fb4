// The audit log held against what a device remembers of it.
import { expect, test } from 'vitest';
import { byDay, isRewritten, memoryOf } from './audit-entries.ts';

const hash = (letter: string) => letter.repeat(64);
const entry = (id: number, letter: string) => ({
  ...{ id, when: id * 1000, deviceId: 'd', label: 'Phone', act: 'device.revoke', words: 'x', previous: '' },
  hash: hash(letter),
});
const entries = [entry(5, 'e'), entry(4, 'd'), entry(3, 'c')];

test('what was remembered is still there', () => {
  expect(isRewritten(entries, memoryOf(entry(4, 'd')))).toBe(false);
  expect(isRewritten(entries, memoryOf(entry(5, 'e')))).toBe(false);
});

test('another hash, a log that is shorter, or an empty one is a rewritten one', () => {
  expect(isRewritten(entries, memoryOf(entry(4, 'a')))).toBe(true);
  expect(isRewritten(entries, memoryOf(entry(6, 'f')))).toBe(true);
  expect(isRewritten([], memoryOf(entry(1, 'f')))).toBe(true);
});

test('nothing is said of what is not there to compare', () => {
  expect(isRewritten(entries, undefined)).toBe(false);
  expect(isRewritten(entries, 'nonsense')).toBe(false);
  expect(isRewritten(entries, memoryOf(entry(1, 'a')))).toBe(false);
});

test('days are told apart and stay in order', () => {
  const days = byDay(entries, (when) => (when > 4500 ? 'Today' : 'Yesterday'));
  expect(days.map(({ day, entries: of }) => `${day} ${of.map(({ id }) => id).join()}`)).toEqual([
    'Today 5',
    'Yesterday 4,3',
  ]);
});
