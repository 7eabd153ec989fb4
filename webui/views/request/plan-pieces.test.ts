import { expect, it } from 'vitest';
import { piecesOf, withQuote } from './plan-pieces.ts';

const texts = (plan: string) => piecesOf(plan).map(({ text }) => text);

it('takes a plan apart into headings, paragraphs, code and the items of its lists', () => {
  const plan = '# Plan\n\nFirst words.\n\n1. Write\n   - a test\n2. Run\n\n```sh\nls\n\npwd\n```\n';
  expect(texts(plan)).toEqual([
    '# Plan',
    'First words.',
    '1. Write\n   - a test',
    '2. Run',
    '```sh\nls\n\npwd\n```',
  ]);
});

it('keeps the numbers of a list', () => {
  const starts = piecesOf('3. c\n4. d\n').map(({ token }) => ('start' in token ? token['start'] : null));
  expect(starts).toEqual([3, 4]);
});

it('has no piece where there is no plan', () => {
  expect(texts(' \n\n')).toEqual([]);
});

it('quotes every line of a piece below what was said before', () => {
  expect([withQuote('', '2. Run'), withQuote('> 1. a\nNo.\n', 'b\nc')]).toEqual([
    '> 2. Run\n',
    '> 1. a\nNo.\n\n> b\n> c\n',
  ]);
});
