import { expect, test } from 'vitest';
import type { Check } from '../../../daemon/protocol/doctor.ts';
import { inOrder, summaryWords } from './check-words.ts';

const check = (name: string, state: Check['state']): Check => ({ name, state, sentence: '', fix: '' });

test('what is amiss stands first, the rest as it came', () => {
  const found = [
    check('a', 'ok'),
    check('b', 'warning'),
    check('c', 'bad'),
    check('d', 'ok'),
    check('e', 'bad'),
  ];
  expect(inOrder(found).map(({ name }) => name)).toEqual(['c', 'e', 'b', 'a', 'd']);
});

test('one sentence says how it is', () => {
  expect(summaryWords([check('a', 'ok')])).toBe('All is well.');
  expect(summaryWords([check('a', 'ok'), check('b', 'warning')])).toBe(
    'Nothing has to be mended; one thing is worth a look.',
  );
  expect(summaryWords([check('a', 'bad'), check('b', 'warning')])).toBe('One thing has to be mended.');
  expect(summaryWords([check('a', 'bad'), check('b', 'bad')])).toBe('2 things have to be mended.');
});
