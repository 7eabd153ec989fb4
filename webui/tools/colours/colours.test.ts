import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { colouredLines } from './coloured-lines.ts';
import { languageNamed, languageOfFile } from './languages.ts';

test.each([
  ['ts', 'typescript'],
  ['TSX', 'typescript'],
  ['sh', 'bash'],
  ['html', 'xml'],
  ['toml', 'ini'],
  ['brainfuck', ''],
  ['', ''],
  ['constructor', ''],
])('a fence named %j is %j', (name, language) => {
  expect(languageNamed(name)).toBe(language);
});

test.each([
  ['/p/src/a.test.ts', 'typescript'],
  ['C:\\p\\a.py', 'python'],
  ['/p/Makefile', 'makefile'],
  ['Dockerfile', 'bash'],
  ['/p.d/README', ''],
  ['/p/data.bin', ''],
])('the file %j is %j', (path, language) => {
  expect(languageOfFile(path)).toBe(language);
});

const told = (code: string, language: string) =>
  colouredLines(code, language).map((line) => line.map(({ text, ink }) => (ink ? `${ink}:${text}` : text)));

test('words are told line by line, over the ends of lines too', () => {
  expect(told('/* a\nb */ const x = "y";\nf(1)', 'javascript')).toEqual([
    ['comment:/* a'],
    ['comment:b */', ' ', 'keyword:const', ' x = ', 'string:"y"', ';'],
    ['name:f', '(', 'literal:1', ')'],
  ]);
});

test('what stands inside of a coloured word keeps its colour', () => {
  expect(told(`\`a\${1}\``, 'javascript')).toEqual([
    ['string:`a', 'string:${', 'literal:1', 'string:}', 'string:`'],
  ]);
});

describe('whatever the code', () => {
  const code = fc.string({ unit: fc.constantFrom(...'ab1 \n\t"\'`/*<>{}()[]=;#$\\&é'), maxLength: 200 });

  test.each(['typescript', 'python', 'bash', 'xml', 'css', 'yaml', 'markdown', 'json'])(
    'its text stays as it is in %s',
    (language) => {
      fc.assert(
        fc.property(code, (text) => {
          const lines = colouredLines(text, language).map((line) => line.map((piece) => piece.text).join(''));
          expect(lines.join('\n')).toBe(text);
        }),
      );
    },
  );
});

test('every language that is named can be read', () => {
  for (const name of [
    'bash',
    'c',
    'cpp',
    'cs',
    'css',
    'diff',
    'go',
    'gql',
    'ini',
    'java',
    'js',
    'json',
    'kt',
    'less',
  ])
    expect(() => colouredLines('x', languageNamed(name))).not.toThrow();
  for (const name of [
    'lua',
    'make',
    'md',
    'pl',
    'php',
    'py',
    'r',
    'rb',
    'rs',
    'scss',
    'sql',
    'swift',
    'ts',
    'xml',
    'yml',
  ])
    expect(() => colouredLines('x', languageNamed(name))).not.toThrow();
});
