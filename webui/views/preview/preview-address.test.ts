import { expect, test } from 'vitest';
import { entryAt, typedPath } from './preview-address.ts';

test.each([
  ['/', '/?t=1'],
  ['/a?b=c', '/a?b=c&t=1'],
  ['/a#/route#x', '/a?t=1#/route#x'],
])('the ticket goes along to %s', (path, address) => {
  expect(entryAt(path, '/?t=1')).toBe(address);
});

test.each([
  ['about', '/about'],
  [' /about?x#y ', '/about?x#y'],
  ['https://pc:47100/cart', '/cart'],
  ['https://evil.example/cart', '/cart'],
  ['//evil.example', '/evil.example'],
  ['\\\\evil.example', '/evil.example'],
  ['javascript:alert(1)', '/javascript:alert(1)'],
])('typed %j stays in the preview', (typed, path) => {
  expect(typedPath(typed, 'https://pc:47100')).toBe(path);
});
