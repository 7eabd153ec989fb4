import { describe, expect, test } from 'vitest';
import { mended } from './mended.ts';

describe('a text that is still being written', () => {
  test.each([
    ['so **bold', 'so **bold**'],
    ['so **bold *and slanted', 'so **bold *and slanted***'],
    ['run `npm te', 'run `npm te`'],
    ['gone ~~away', 'gone ~~away~~'],
    ['a **', 'a '],
    ['a *', 'a '],
    ['see [the bug](https://bugs.webk', 'see the bug'],
    ['see [the b', 'see the b'],
    ['- one\n* two **th', '- one\n* two **th**'],
  ])('%j is drawn as %j', (text, drawn) => {
    expect(mended(text)).toBe(drawn);
  });

  test.each([
    'a **b** c',
    '2 * 3 * 4',
    'escaped \\*star',
    'code `a * b`',
    '* item',
    'snake_case_name',
    '```\nlet **a = [b](c',
    'head\n\n| a | b |\n|---|---|\n| 1',
  ])('%j needs no mending', (text) => {
    expect(mended(text)).toBe(text);
  });

  test('a table appears when its border is whole', () => {
    expect(mended('Look:\n\n| a | b |')).toBe('Look:\n\n');
    expect(mended('Look:\n\n| a | b |\n|--')).toBe('Look:\n\n');
    expect(mended('Look:\n| a | b |\n|--')).toBe('Look:\n');
    const whole = 'Look:\n\n| a | b |\n|---|---|\n';
    expect(mended(whole)).toBe(whole);
  });
});
