import { isValidElement } from 'preact';
import { expect, test } from 'vitest';
import { Pieces } from './colours/pieces.tsx';
import { Folded } from './folded.tsx';
import { LongLine, longestLine } from './long-line.tsx';
import { Terminal } from './terminal.tsx';

/** The lines that may be cut, as they are told to the one who cuts. */
function lines(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(lines);
  if (!isValidElement(node)) return [];
  const { type, props } = node as { type: unknown; props: Record<string, unknown> };
  if (type === LongLine) return [String(props['text'])];
  if (type === Folded) return lines((props['children'] as (items: unknown) => unknown)(props['items']));
  return typeof type === 'function' ? lines(type(props)) : lines(props['children']);
}

test('a line of 30,000 characters can be cut wherever a program or a file is shown', () => {
  const long = 'x'.repeat(30_000);
  expect(longestLine).toBeLessThan(30_000);
  expect(lines(<Terminal text={`one\n\u001b[31mred\u001b[0m ${long}`} kind="output" />)).toEqual([
    'one',
    `red ${long}`,
  ]);
  expect(lines(<Pieces text={long} line={undefined} />)).toEqual([long]);
});
