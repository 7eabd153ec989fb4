import { describe, expect, test } from 'vitest';
import { ansiLines, type Piece, plainStyle } from './ansi.ts';

const esc = '\u001b';
const words = (output: string) => ansiLines(output).map((line) => line.map(({ text }) => text).join(''));

/** Each piece as its text and what differs from plain. */
function pieces(output: string) {
  const differing = ({ text, style }: Piece) => [
    text,
    Object.fromEntries(
      Object.entries(style).filter(([name, value]) => value !== plainStyle[name as keyof typeof plainStyle]),
    ),
  ];
  return ansiLines(output).map((line) => line.map(differing));
}

describe('styles', () => {
  test.each([
    [
      `${esc}[31mred${esc}[39m plain`,
      [
        ['red', { colour: 'red' }],
        [' plain', {}],
      ],
    ],
    [
      `${esc}[1;92mbold${esc}[0m x`,
      [
        ['bold', { isBold: true, colour: 'green' }],
        [' x', {}],
      ],
    ],
    [
      `${esc}[2ma${esc}[22m${esc}[3mb${esc}[23m${esc}[4mc${esc}[mx`,
      [
        ['a', { isDim: true }],
        ['b', { isItalic: true }],
        ['c', { isUnderlined: true }],
        ['x', {}],
      ],
    ],
    [
      `${esc}[41;37mx${esc}[49;39my`,
      [
        ['x', { background: 'red', colour: 'white' }],
        ['y', {}],
      ],
    ],
    [`${esc}[104mx`, [['x', { background: 'blue' }]]],
    [
      `${esc}[38;5;196mx${esc}[38;5;244my`,
      [
        ['x', { colour: 'red' }],
        ['y', {}],
      ],
    ],
    [`${esc}[38;5;10mx`, [['x', { colour: 'green' }]]],
    [`${esc}[38;2;20;200;220;1mx`, [['x', { colour: 'cyan', isBold: true }]]],
    [`${esc}[38;2;90;90;90mx`, [['x', {}]]],
    [`${esc}[999;7mx`, [['x', {}]]],
  ])('%j', (output, expected) => {
    expect(pieces(output)).toEqual([expected]);
  });

  test('go on over the end of a line', () => {
    expect(pieces(`${esc}[31ma\nb${esc}[0m`)).toEqual([
      [['a', { colour: 'red' }]],
      [['b', { colour: 'red' }]],
    ]);
  });
});

test.each([
  ['cursor moves', `a${esc}[2K${esc}[1Gb${esc}[?25lc`, ['abc']],
  [
    'titles and links',
    `${esc}]0;title\u0007a${esc}]8;;https://example.org${esc}\\b${esc}]8;;${esc}\\`,
    ['ab'],
  ],
  ['an unfinished sequence', `a${esc}]0;never ends`, ['a']],
  ['a lone escape', `a${esc}`, ['a']],
  ['stray controls', 'a\u0000b\u0008c\td', ['abc\td']],
])('%s leave no trace', (_name, output, expected) => {
  expect(words(output)).toEqual(expected);
});

test('a carriage return overwrites its line', () => {
  expect(words('10 %\r50 %\r100 %\r\ndone\r')).toEqual(['100 %', 'done']);
});
