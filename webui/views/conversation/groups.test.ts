import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Item, ToolItem } from '../../../daemon/protocol/view.ts';
import { failedIn, gathered, runWords, shownOfClosed } from './groups.ts';

const tool = (key: string, name = 'Read', more: Partial<ToolItem> = {}): { item: Item } => ({
  item: {
    ...{ kind: 'tool', key, at: 1, tool: name, input: {}, state: 'done', output: '', detail: null },
    ...{ endedAt: 2, ...more },
  },
});
const words = (kind: 'text' | 'thinking', key: string): { item: Item } => ({
  item: { kind, key, at: 1, text: key, open: false },
});
const keys = (rows: readonly { item: Item }[]) => rows.map(({ item }) => item.key).join(' ');

test('calls between two texts are one run, with the thoughts between them', () => {
  const rows = [
    words('text', 'a'),
    tool('1'),
    words('thinking', 't'),
    tool('2'),
    words('thinking', 'u'),
    words('text', 'b'),
    tool('3'),
  ];
  expect(gathered(rows).map(keys)).toEqual(['a', '1 t 2', 'u', 'b', '3']);
});

test('what asks, plans or works for itself stands alone, and so does what a subagent did', () => {
  const rows = [
    ...[tool('1'), tool('2', 'Agent'), tool('3'), tool('4', 'AskUserQuestion'), tool('5')],
    tool('6', 'Read', { parentToolId: 'elsewhere' }),
  ];
  expect(gathered(rows).map(keys)).toEqual(['1', '2', '3', '4', '5', '6']);
});

const any = fc.constantFrom('read', 'agent', 'text', 'thinking');
const made = (kinds: readonly string[]) =>
  kinds.map((kind, index) => {
    if (kind === 'text' || kind === 'thinking') return words(kind, String(index));
    return tool(String(index), kind === 'agent' ? 'Agent' : 'Read');
  });

test('nothing is lost or moved', () => {
  fc.assert(
    fc.property(fc.array(any), (kinds) => {
      const rows = made(kinds);
      expect(gathered(rows).flat()).toEqual(rows);
    }),
  );
});

test('a run keeps its beginning however it grows, and no run is gathered anew', () => {
  fc.assert(
    fc.property(fc.array(any), any, (kinds, next) => {
      const isRun = (rows: readonly { item: Item }[]) => rows[0]?.item.kind === 'tool';
      const before = gathered(made(kinds)).filter(isRun).map(keys);
      const after = gathered(made([...kinds, next]))
        .filter(isRun)
        .map(keys);
      for (const [index, run] of before.entries()) expect(after[index]?.startsWith(run)).toBe(true);
    }),
  );
});

describe('a closed run', () => {
  const running = { state: 'running' } as const;

  test.each([
    ['shows two calls as they are', [tool('1'), tool('2')], false, '1 2'],
    ['shows nothing of three that are over', [tool('1'), tool('2'), tool('3')], false, ''],
    ['shows the last at the end', [tool('1'), tool('2'), tool('3')], true, '3'],
    ['shows what runs', [tool('1'), tool('2'), tool('3', 'Bash', running), tool('4')], false, '3'],
    ['does not fold a single one', [tool('1'), tool('2', 'Bash', running), tool('3')], true, '1 2 3'],
  ])('%s', (_name, rows, isAtEnd, shown) => {
    expect(keys(shownOfClosed(rows, isAtEnd))).toBe(shown);
  });

  test('is told by what was done, in the order of first use', () => {
    const rows = [
      ...[tool('1'), tool('2', 'Bash', { state: 'failed' }), tool('3'), words('thinking', 't')],
      ...[tool('4', 'mcp__my_server__go'), tool('5', 'FutureTool')],
    ];
    const items = rows.map(({ item }) => item);
    const told = runWords(items).replaceAll('\u00a0', ' ');
    expect([told, failedIn(items)]).toEqual(['Read 2 · Ran 1 · my server 1 · FutureTool 1', 1]);
  });
});
