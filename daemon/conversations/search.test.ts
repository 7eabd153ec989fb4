import { describe, expect, test } from 'vitest';
import { type Item, pageSize } from '../protocol/view.ts';
import { outlineOf } from './outline.ts';
import { searchView } from './search.ts';

const message = (key: string, text: string): Item => ({
  ...{ kind: 'message', key, at: 1, clientId: key, deviceId: 'd', text, state: 'answered' },
});
const said = (key: string, text: string): Item => ({ kind: 'text', key, at: 2, text, open: false });
const tool = (key: string, input: unknown, output: string): Item => ({
  ...{ kind: 'tool', key, at: 3, tool: 'Bash', input, state: 'done', output, detail: null, endedAt: 4 },
});

describe('search', () => {
  test('finds words in messages, in what Claude said, and in what tools were given and gave', async () => {
    const pages = [
      [message('a', 'Mend the Cursor'), said('b', 'the cursor is mended')],
      [
        tool('c', { args: ['x', { deep: 'CURSOR.ts' }] }, ''),
        tool('d', {}, 'a cursor'),
        said('e', 'nothing'),
      ],
    ];
    const { hits, more } = await searchView({ pages, dropped: 0 }, 'cursor');
    expect([hits.map(({ key, page, kind }) => [key, page, kind]), more]).toEqual([
      [
        ['a', 0, 'message'],
        ['b', 0, 'text'],
        ['c', 1, 'tool'],
        ['d', 1, 'tool'],
      ],
      false,
    ]);
  });

  test('takes signs that mean something in patterns as they are', async () => {
    const pages = [[said('a', 'if (a[0] === b.c*) { x-y\\z } /w'), said('b', 'if a0 bxc')]];
    for (const words of ['a[0]', 'b.c*)', '{ x-y\\z }', '/w', '(a']) {
      expect((await searchView({ pages, dropped: 0 }, words)).hits.map((hit) => hit.key)).toEqual(['a']);
    }
  });

  test('tells the newest when there are more than it may', async () => {
    const items = Array.from({ length: 3 * pageSize }, (_, n) => said(`k${n}`, 'same'));
    const pages = [0, 1, 2].map((page) => items.slice(page * pageSize, (page + 1) * pageSize));
    const { hits, more } = await searchView({ pages, dropped: 0 }, 'same', 60);
    expect([hits.length, hits[0]?.key, hits.at(-1)?.key, more]).toEqual([60, 'k90', 'k149', true]);
  });

  test('gives a little of what stands around the words, on one line', async () => {
    const pages = [[said('a', `${'before '.repeat(20)}\n\nneedle\n${'behind '.repeat(20)}`)]];
    const [hit] = (await searchView({ pages, dropped: 0 }, 'NEEDLE')).hits;
    expect(hit?.excerpt).toMatch(/^…[before ]{30,40} needle [behind ]{30,40}…$/);
  });

  test('lets others have their turn in between', async () => {
    const pages = [Array.from({ length: 40 }, (_, n) => said(`k${n}`, 'x'.repeat(100_000)))];
    let turns = 0;
    const count = () => {
      turns += 1;
      waiting = setImmediate(count);
    };
    let waiting = setImmediate(count);
    await searchView({ pages, dropped: 0 }, 'needle');
    clearImmediate(waiting);
    expect(turns).toBeGreaterThanOrEqual(7);
  });
});

test('the outline has the first line of everything the person said, and the page it stands on', () => {
  const pages = [[message('a', '\n First\nsecond'), said('b', 'no')], [message('c', 'y'.repeat(500))]];
  expect(outlineOf({ pages, dropped: 3 })).toEqual([
    { key: 'a', page: 3, at: 1, text: 'First' },
    { key: 'c', page: 4, at: 1, text: `${'y'.repeat(159)}…` },
  ]);
});
