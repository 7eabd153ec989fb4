import { describe, expect, it } from 'vitest';
import type { Item } from '../../../daemon/protocol/view.ts';
import { rowPages } from './rows-of.ts';

const text = (key: string, parentToolId?: string): Item => ({
  kind: 'text',
  key,
  at: 0,
  text: key,
  open: false,
  ...(parentToolId === undefined ? {} : { parentToolId }),
});
const tool = (key: string, parentToolId?: string): Item => ({
  kind: 'tool',
  key,
  at: 0,
  tool: 'Agent',
  input: {},
  state: 'done',
  output: '',
  detail: null,
  endedAt: 1,
  ...(parentToolId === undefined ? {} : { parentToolId }),
});
const nothing = new Map<number, readonly Item[]>();
const keys = (pages: ReturnType<typeof rowPages>) =>
  pages.map(({ rows }) => rows.map(({ item, nested }) => [item.key, ...nested.map((each) => each.key)]));

describe('rows', () => {
  it('put what a subagent does under the call that started it, over pages and levels', () => {
    const pages = [
      [text('a'), tool('t')],
      [tool('u', 't'), text('b'), text('c', 'u')],
    ];

    expect(keys(rowPages({ pages, dropped: 0 }, nothing))).toEqual([[['a'], ['t', 'u', 'c']], [['b']]]);
  });

  it('keep in place what belongs to a call that is not held', () => {
    expect(keys(rowPages({ pages: [[text('c', 'gone')]], dropped: 3 }, nothing))).toEqual([[['c']]]);
  });

  it('stand in order, with pages missing between older ones and the tail', () => {
    const older = new Map([
      [4, [text('b')]],
      [1, [text('a')]],
      [8, [text('old copy')]],
    ]);
    const pages = rowPages({ pages: [[text('c')]], dropped: 8 }, older);
    expect(pages.map(({ number, rows }) => [number, rows[0]?.item.key])).toEqual([
      [1, 'a'],
      [4, 'b'],
      [8, 'c'],
    ]);
  });

  it('keep their identity where nothing changed, also when an older page comes in front', () => {
    const [first, second] = [[text('a'), tool('t')], [text('b')]];
    const before = rowPages({ pages: [first, second], dropped: 1 }, nothing);
    const older = rowPages({ pages: [first, second], dropped: 1 }, new Map([[0, [text('z')]]]), before);
    expect(older.slice(1)).toEqual(before);
    expect(older[1]).toBe(before[0]);

    const grown = rowPages({ pages: [first, [text('b'), text('d', 't')]], dropped: 1 }, nothing, before);
    expect(grown[0]).not.toBe(before[0]);
    expect(grown[0]?.rows[0]).toBe(before[0]?.rows[0]);
    expect(grown[1]?.rows[0]?.item.key).toBe('b');
  });
});
