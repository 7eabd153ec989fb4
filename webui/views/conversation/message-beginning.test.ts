import { expect, test } from 'vitest';
import { beginningOf } from './message-beginning.ts';

test('a message of usual length is shown whole, and so is one whose rest is not worth a button', () => {
  for (const text of ['', 'hello', 'a b '.repeat(300), 'x'.repeat(1500), 'line\n'.repeat(27)])
    expect(beginningOf(text)).toBe(text);
});

test('a single line that would fill screens shows its beginning, cut between two words if there are any', () => {
  expect(beginningOf('x'.repeat(30_000))).toBe('x'.repeat(1200));
  expect(beginningOf('word '.repeat(6000))).toBe('word '.repeat(240).trimEnd());
});

test('of very many lines the first are shown', () => {
  const text = Array.from({ length: 100 }, (_, at) => `line ${at}`).join('\n');
  expect(beginningOf(text).split('\n')).toEqual(text.split('\n').slice(0, 24));
});
