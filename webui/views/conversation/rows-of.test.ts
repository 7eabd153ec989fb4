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
const keys = (pages: ReturnType<typeof rowPages>) =>
  pages.map(({ rows }) => rows.map(({ item, nested }) => [item.key, ...nested.map((each) => each.key)]));

describe('rows', () => {
  it('put what a subagent does under the call that started it, over pages and levels', () => {
    const pages = [
      [text('a'), tool('t')],
      [tool('u', 't'), text('b'), text('c', 'u')],
    ];

    expect(keys(rowPages({ pages, dropped: 0 }))).toEqual([[['a'], ['t', 'u', 'c']], [['b']]]);
  });

  it('keep in place what belongs to a call that is not held', () => {
    expect(keys(rowPages({ pages: [[text('c', 'gone')]], dropped: 3 }))).toEqual([[['c']]]);
  });

  it('keep their identity where nothing changed, also when an older page comes in front', () => {
    const [first, second] = [[text('a'), tool('t')], [text('b')]];
    const before = rowPages({ pages: [first, second], dropped: 1 });
    const older = rowPages({ pages: [[text('z')], first, second], dropped: 0 }, before);
    expect(older.slice(1)).toEqual(before);
    expect(older[1]).toBe(before[0]);

    const grown = rowPages({ pages: [first, [text('b'), text('d', 't')]], dropped: 1 }, before);
    expect(grown[0]).not.toBe(before[0]);
    expect(grown[0]?.rows[0]).toBe(before[0]?.rows[0]);
    expect(grown[1]?.rows[0]?.item.key).toBe('b');
  });
});
