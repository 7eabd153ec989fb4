import { expect, test } from 'vitest';
import { typedWord, withChosen } from './typed-word.ts';

/** `|` stands for the caret. */
function at(marked: string) {
  const caret = marked.indexOf('|');
  return { text: marked.replace('|', ''), caret };
}
function wordAt(marked: string): string | undefined {
  const { text, caret } = at(marked);
  const word = typedWord(text, caret);
  return word && `${word.kind} ${word.query} ${text.slice(word.from, word.to)}`;
}
function chosen(marked: string, value: string): string {
  const { text, caret } = at(marked);
  const word = typedWord(text, caret);
  if (!word) return 'no word';
  const after = withChosen(text, word, value);
  return `${after.text.slice(0, after.caret)}|${after.text.slice(after.caret)}`;
}

test.each([
  ['/|', 'command  /'],
  ['/com|', 'command com /com'],
  ['/co|mpact now', 'command co /compact'],
  ['|/compact', undefined],
  [' /com|', undefined],
  ['see /com|', undefined],
  ['/compact |', undefined],
  ['/etc/hos|', undefined],
  ['@|', 'file  @'],
  ['look at @src/ma|', 'file src/ma @src/ma'],
  ['look at @src/|main.ts please', 'file src/ @src/main.ts'],
  ['first\n@a|', 'file a @a'],
  ['@"my dir/f|', 'file my dir/f @"my dir/f'],
  ['@"my dir/|" and', 'file my dir/ @"my dir/"'],
  ['ana@exam|', undefined],
  ['@a.txt |', undefined],
  ['(@a|', undefined],
])('in %s stands %s', (marked, word) => {
  expect(wordAt(marked)).toBe(word);
});

test.each([
  ['/com|', 'compact', '/compact |'],
  ['/co|mpact now', 'context', '/context |now'],
  ['see @ma|', 'src/main.ts', 'see @src/main.ts |'],
  ['see @ma| please', 'src/main.ts', 'see @src/main.ts |please'],
  ['see @f|', 'my dir/f.txt', 'see @"my dir/f.txt" |'],
  ['see @s|', 'src/', 'see @src/|'],
  ['see @m|', 'my dir/', 'see @"my dir/|"'],
  ['see @"my dir/|"', 'my dir/f.txt', 'see @"my dir/f.txt" |'],
  ['see @"my dir/|" now', 'my dir/f.txt', 'see @"my dir/f.txt" |now'],
])('in %s choosing %s gives %s', (marked, value, after) => {
  expect(chosen(marked, value)).toBe(after);
});
