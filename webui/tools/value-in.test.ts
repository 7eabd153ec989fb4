import { expect, test } from 'vitest';
import { valueIn } from './value-in.ts';

test.each([
  ['{"a": 1}', { a: 1 }],
  [' [1, 2]\n', [1, 2]],
  ['[1] is the first', undefined],
  ['{"a": ', undefined],
  ['12', undefined],
  ['null', undefined],
  ['', undefined],
])('in %j there is %j', (text, value) => {
  expect(valueIn(text)).toEqual(value);
});
