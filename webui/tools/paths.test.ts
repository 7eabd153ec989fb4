import { expect, test } from 'vitest';
import { cutMiddle, partsOfPath, shownPath } from './paths.ts';

test.each([
  ['/a/b/c.ts', '/a/b', 'c.ts'],
  ['/a/b/c.ts', '/a/b/', 'c.ts'],
  ['/a/bc/d.ts', '/a/b', '/a/bc/d.ts'],
  ['/x/y.ts', '/a/b', '/x/y.ts'],
  ['/a/b', '/a/b', '.'],
  ['C:\\work\\src\\a.ts', 'C:\\work', 'src\\a.ts'],
  ['/a/b', '', '/a/b'],
])('%j seen from %j is %j', (path, cwd, shown) => {
  expect(shownPath(path, cwd)).toBe(shown);
});

test.each([
  ['a/b/c.ts', 'a/b/', 'c.ts'],
  ['c.ts', '', 'c.ts'],
  ['a/b/', '', 'a/b/'],
  ['src\\a.ts', 'src\\', 'a.ts'],
])('%j is cut before its file name', (path, head, tail) => {
  expect(partsOfPath(path)).toEqual({ head, tail });
});

test.each([
  ['abcdefghij', 10, 'abcdefghij'],
  ['abcdefghij', 5, 'ab…ij'],
  ['abcdefghij', 4, 'a…ij'],
  ['abcdefghij', 1, '…'],
  ['🙂🙂🙂🙂', 3, '🙂…🙂'],
])('%j in %i characters is %j', (text, longest, cut) => {
  expect(cutMiddle(text, longest)).toBe(cut);
});
