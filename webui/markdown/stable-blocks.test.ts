import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Blocks, blocksOf, noBlocks, withoutUndecidedLine } from './stable-blocks.ts';

const piece = fc.constantFrom(
  ...['\n', '\n\n', ' ', '    ', '\t', '-', '- a', '* b', '1', '1. c', '2) d', '#', '# e', '>', '> f'],
  ...['```', '```ts\n', '~~~', '`', '**', '_g_', '|', '| h | i |', '|---|---|', '---', '===', 'j', 'words k'],
  ...['<div>', '</div>', '<!--', '-->', '<pre>', '[l]', '[l]: https://example.org', '\\', '&amp;', '\r\n'],
  ...['$$', '$', '$a_1 = b*c$', '\\(', '\\)', '\\[', '\\]'],
);

const tokensOf = (blocks: Blocks) => blocks.all.map(({ token }) => token);

test('blocks read piece by piece are the blocks of the whole text', () => {
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
      let text = '';
      let blocks = noBlocks;
      for (const character of pieces.join('')) {
        text += character;
        blocks = blocksOf(text, blocks);
        expect(tokensOf(blocks)).toEqual(tokensOf(blocksOf(text)));
      }
    }),
    { numRuns: 2000 },
  );
});

test('a settled block stays the same object while the text grows', () => {
  const before = blocksOf('# a\n\nb\n\nc');
  const after = blocksOf('# a\n\nb\n\nc and more', before);
  expect(before.settled).toBe(4);
  expect(after.all[0]).toBe(before.all[0]);
});

test('a list goes on behind a blank line when the next item is spelled out', () => {
  const half = blocksOf('1. a\n\n2');
  expect(tokensOf(blocksOf('1. a\n\n2. b', half))).toEqual(tokensOf(blocksOf('1. a\n\n2. b')));
});

test('another text is read from its beginning', () => {
  const other = blocksOf('x\n\ny', blocksOf('# a\n\nb\n\nc'));
  expect(other.all.map(({ raw }) => raw).join('')).toBe('x\n\ny');
});

test.each(['-', '  -', '1', '12.', '* ', '```', '|--', '| :', '#', '>', '==', '--- '])(
  'the last line %j waits for more',
  (line) => {
    expect(withoutUndecidedLine(`a\n${line}`)).toBe('a\n');
  },
);

test.each(['- a', '1. a', 'a', '**a', '`a`', '# a', '12 %', ''])('the last line %j is shown', (line) => {
  expect(withoutUndecidedLine(`a\n${line}`)).toBe(`a\n${line}`);
});
