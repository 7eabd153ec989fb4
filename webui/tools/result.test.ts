import { expect, test } from 'vitest';
import { commandResult, failureOf, numberedLines } from './result.ts';
import { visibleText } from '../../daemon/protocol/visible-text.ts';

test.each([
  [
    'a failure',
    { output: 'Exit code 2\nno such file', detail: 'Error: Exit code 2\nno such file' },
    { exitCode: 2, output: 'no such file', errors: '' },
  ],
  [
    'a failure without words',
    { output: 'Exit code 1', detail: null },
    { exitCode: 1, output: '', errors: '' },
  ],
  [
    'a success',
    { output: 'a\nb', detail: { stdout: 'a', stderr: 'b' } },
    { exitCode: null, output: 'a', errors: 'b' },
  ],
  ['a result without detail', { output: 'hi', detail: null }, { exitCode: null, output: 'hi', errors: '' }],
])('%s of a command', (_name, item, expected) => {
  expect(commandResult(item)).toEqual(expected);
});

test('a refusal is told without the marks for Claude', () => {
  expect(failureOf({ output: '<tool_use_error>Error: not read yet</tool_use_error>' })).toBe('not read yet');
});

test('numbered lines keep their numbers, and reminders to Claude are left out', () => {
  expect(numberedLines('1\tone\n    2→two\nthree\n<system-reminder>x</system-reminder>')).toEqual([
    { number: 1, text: 'one' },
    { number: 2, text: 'two' },
    { number: null, text: 'three' },
  ]);
});

test.each([
  ['rm \u202etxt.exe', 'rm [U+202E]txt.exe'],
  ['a\u200bb\u0007\u00adc', 'a[U+200B]b[U+0007][U+00AD]c'],
  ['a\u{e0041}', 'a[U+E0041]'],
  ['plain\n\tünï — 漢字', 'plain\n\tünï — 漢字'],
])('what is hidden in %j is shown', (text, visible) => {
  expect(visibleText(text)).toBe(visible);
});
