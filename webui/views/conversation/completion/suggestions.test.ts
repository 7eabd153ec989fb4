import { expect, test } from 'vitest';
import type { CatalogCommand } from '../../../../daemon/protocol/catalog.ts';
import { commandSuggestions, fileSuggestions, unknownCommand } from './suggestions.ts';

const command = (name: string, more: Partial<CatalogCommand> = {}): CatalogCommand => ({
  ...{ name, description: '', argumentHint: '', aliases: [] },
  ...more,
});
const commands = [
  command('greet', { description: 'Greet somebody\nat length', argumentHint: '<name>' }),
  command('compact'),
  command('clear', { description: 'Start a new session', aliases: ['reset', 'new'] }),
  command('code-review', { description: 'Review the diff for bugs' }),
  command('deep-research'),
];
const names = (query: string) => commandSuggestions(commands, query).map(({ value }) => value);

test('with nothing typed all are offered in their order', () => {
  expect(names('')).toEqual(['greet', 'compact', 'clear', 'code-review', 'deep-research']);
});

test('beginnings come before aliases, parts of a name and words of the description', () => {
  expect([names('c'), names('re'), names('bugs'), names('zzz'), names('COMPACT')]).toEqual([
    ['compact', 'clear', 'code-review', 'deep-research'],
    ['clear', 'greet', 'code-review', 'deep-research'],
    ['code-review'],
    [],
    ['compact'],
  ]);
});

test('a row has the name, what may follow and one line of what it does, in plain words where it matters', () => {
  expect(commandSuggestions(commands, 'gre')[0]).toEqual({
    ...{ value: 'greet', name: '/greet', hint: '<name>', means: 'Greet somebody' },
  });
  expect(commandSuggestions(commands, 'clear')[0]?.means).toBe('Claude forgets; you still see it');
});

test('a file shows its name first, then where it lies', () => {
  const files = [
    { path: 'README.md', isFolder: false },
    { path: 'src/pages/home.ts', isFolder: false },
    { path: 'src/pages/', isFolder: true },
  ];
  expect(
    fileSuggestions({ query: '', files }, '').map(({ name, means, value }) => [name, means, value]),
  ).toEqual([
    ['README.md', '', 'README.md'],
    ['home.ts', 'src/pages/', 'src/pages/home.ts'],
    ['pages/', 'src/', 'src/pages/'],
  ]);
});

test.each([
  ['/nosuch', 'nosuch'],
  ['/nosuch and more', 'nosuch'],
  ['/gre', undefined],
  ['/gre and more', 'gre'],
  ['/greet Bob', undefined],
  ['/reset', undefined],
  ['/etc/hosts is a file', undefined],
  [' /nosuch', undefined],
  ['//', undefined],
  ['words', undefined],
])('in %s the unknown command is %s', (text, name) => {
  expect(unknownCommand(text, commands)).toBe(name);
});

test('until the answer is there, only those stay that have the typed letters', () => {
  const found = { query: 'r', files: [{ path: 'src/' }, { path: 'README.md' }, { path: 'src/Read.ts' }] };
  const values = (query: string) => fileSuggestions(found, query).map(({ value }) => value);
  expect([values('r'), values('rea'), values('rx')]).toEqual([
    ['src/', 'README.md', 'src/Read.ts'],
    ['README.md', 'src/Read.ts'],
    [],
  ]);
});
