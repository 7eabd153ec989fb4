// What a person reads of a tool that nobody knows, before they allow it.
import { isValidElement } from 'preact';
import { expect, test } from 'vitest';
import { Folded } from './folded.tsx';
import { KeyValue } from './key-value.tsx';
import { LongText } from './long-text.tsx';

/** All words that would stand on the page, in order. */
function words(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(words);
  if (!isValidElement(node)) return typeof node === 'string' ? [node] : [];
  const { type, props } = node as { type: unknown; props: Record<string, unknown> };
  if (type === LongText) return [String(props['text'])];
  if (type === Folded) return words((props['children'] as (items: unknown) => unknown)(props['items']));
  if (typeof type === 'function') return words(type(props));
  return words(props['children']);
}

test('what is nested deep is shown all the same', () => {
  const value = { a: { b: { c: { d: { e: { f: { g: { h: { command: 'rm -rf ~' } } } } } } } } };
  expect(words(<KeyValue value={value} />).join(' ')).toContain('rm -rf ~');
});

test('characters that hide what stands there are shown, in names and in values', () => {
  expect(words(<KeyValue value={{ 'to\u200b': 'a\u202eb' }} />)).toEqual(['to[U+200B]', 'a[U+202E]b']);
});
