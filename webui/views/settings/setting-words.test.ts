import { expect, test } from 'vitest';
import type { SettingEntry } from '../../../daemon/protocol/settings.ts';
import { notesOf, shownValue, typedValue, whyNot } from './setting-words.ts';

const number = { kind: 'number', min: 1, max: 9, isWhole: true, unit: '' } as const;
const entry: SettingEntry = {
  ...{ name: 'maxRuns', group: 'g', title: 't', words: 'w', form: 'f', variable: 'PORCHLIGHT_MAX_RUNS' },
  ...{ input: number, value: 8, initial: 8, origin: 'default', takesEffect: 'now', changer: 'phone' },
  isSecret: false,
};

test('what is typed is a number where one is asked for, and the computer judges what is none', () => {
  expect(['4', ' 2,5 ', 'many', ''].map((text) => typedValue(text, number))).toEqual([4, 2.5, 'many', '']);
  expect(typedValue('4', { kind: 'text' })).toBe('4');
  expect([shownValue(null), shownValue(8), shownValue('x')]).toEqual(['', '8', 'x']);
  expect(shownValue({ from: '22:00', to: '07:00' })).toBe('22:00 – 07:00');
});

test('it says why a change here would not count', () => {
  expect(whyNot(entry, 'phone')).toBeUndefined();
  expect(whyNot({ ...entry, origin: 'variable' }, 'phone')).toContain('PORCHLIGHT_MAX_RUNS');
  expect(whyNot({ ...entry, changer: 'computer' }, 'phone')).toBe('Changed at the computer only.');
  expect(whyNot({ ...entry, changer: 'computer' }, 'computer')).toBeUndefined();
  expect(whyNot({ ...entry, input: { kind: 'json' } }, 'computer')).toContain(
    'porchlight config set maxRuns',
  );
});

test('it says when a change counts, and who has to say yes', () => {
  expect(notesOf(entry, 'phone')).toEqual([]);
  expect(notesOf({ ...entry, takesEffect: 'restart', next: 9 }, 'phone')).toEqual(['At the next start: 9']);
  expect(notesOf({ ...entry, changer: 'confirmed', takesEffect: 'restart' }, 'phone')).toHaveLength(2);
  expect(notesOf({ ...entry, changer: 'confirmed' }, 'computer')).toEqual([]);
});
