import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hunksOf } from './changes.ts';
import { type DiffRow, rowsOfHunks, rowsOfNewFile, rowsOfReplacement } from './diff-rows.ts';

const signs = { same: ' ', removed: '-', added: '+', gap: '~', note: '\\' };
const told = (rows: readonly DiffRow[]) =>
  rows.map(({ kind, oldLine, newLine, text }) => `${oldLine ?? ''}|${newLine ?? ''}|${signs[kind]}${text}`);

test("the CLI's hunks become rows with both line numbers and a gap between", () => {
  const detail = {
    structuredPatch: [
      { oldStart: 3, oldLines: 3, newStart: 3, newLines: 3, lines: [' a', '-b', '+B', ' c'] },
      {
        oldStart: 20,
        oldLines: 1,
        newStart: 20,
        newLines: 1,
        lines: ['-x', '+y', '\\ No newline at end of file'],
      },
    ],
  };
  expect(told(rowsOfHunks(hunksOf(detail)))).toEqual([
    '3|3| a',
    '4||-b',
    '|4|+B',
    '5|5| c',
    '||~',
    '20||-x',
    '|20|+y',
    '||\\No newline at end of file',
  ]);
});

test('a new file is all added', () => {
  expect(told(rowsOfNewFile('a\n\nb\n'))).toEqual(['|1|+a', '|2|+', '|3|+b']);
});

describe('a replacement', () => {
  test.each([
    ['a\nb\nc', 'a\nB\nc', ['|| a', '||-b', '||+B', '|| c']],
    ['', 'a', ['||+a']],
    ['a', '', ['||-a']],
    ['a\nb', 'b\nc', ['||-a', '|| b', '||+c']],
    ['x', 'x', ['|| x']],
  ])('of %j by %j', (before, after, rows) => {
    expect(told(rowsOfReplacement(before, after))).toEqual(rows);
  });

  const lines = fc.array(fc.constantFrom('a', 'b', 'c', 'd', ''), { maxLength: 12 });

  test('holds exactly the old and the new lines, in order', () => {
    fc.assert(
      fc.property(lines, lines, (old, now) => {
        const rows = rowsOfReplacement(
          old.map((line) => `${line}\n`).join(''),
          now.map((line) => `${line}\n`).join(''),
        );
        const side = (without: DiffRow['kind']) =>
          rows.filter(({ kind }) => kind !== without).map(({ text }) => text);
        expect([side('added'), side('removed')]).toEqual([old, now]);
      }),
    );
  });

  test('of very many lines is still complete', () => {
    const old = Array.from({ length: 3000 }, (_, index) => `old ${index}`);
    const rows = rowsOfReplacement(['a', ...old, 'z'].join('\n'), ['a', 'new', 'z'].join('\n'));
    expect(rows.filter(({ kind }) => kind === 'removed').length).toBe(3000);
  });
});
