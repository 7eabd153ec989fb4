// Whatever the length, only what is around the place of reading is drawn, a little with each frame, and nothing changes the
// height of the whole.
import { describe, expect, test } from 'vitest';
import { type Item, pageSize } from '../../../daemon/protocol/view.ts';
import { drawRows } from './drawn-rows.ts';
import { createRowHeights } from './row-heights.ts';
import { rowPages } from './rows-of.ts';

const text = (n: number): Item => ({ kind: 'text', key: `k${n}`, at: n, text: 'words', open: false });
const page = (number: number): Item[] =>
  Array.from({ length: pageSize }, (_, index) => text(number * pageSize + index));

function conversation(count: number, held: readonly number[]) {
  const older = new Map(held.map((number) => [number, page(number)]));
  const pages = rowPages({ pages: [page(count - 1)], dropped: count - 1 }, older);
  const heights = createRowHeights();
  heights.arrange(count, pages);
  return { count, pages, heights };
}

const focus = { page: 7, index: 10 };
const span = { from: { page: 7, index: 5 }, to: { page: 7, index: 30 } };

function drawUntilDone(options: ReturnType<typeof conversation>, pinned: readonly string[] = []) {
  let before: ReadonlySet<string> = new Set();
  for (let frames = 1; ; frames++) {
    const drawn = drawRows({ ...options, span, focus, before, isPinned: (key) => pinned.includes(key) });
    if (!drawn.isMore) return { ...drawn, frames };
    before = drawn.keys;
  }
}

describe('drawn rows', () => {
  test('are those of the span, a few more with each frame, those in sight first', () => {
    const options = conversation(1000, [6, 7, 8]);
    const first = drawRows({ ...options, span, focus, before: new Set(), isPinned: () => false });
    const { keys, frames } = drawUntilDone(options);
    expect([...keys]).toEqual(Array.from({ length: 26 }, (_, n) => `k${7 * pageSize + 5 + n}`));
    expect([first.isMore, first.keys.has('k360'), first.keys.has('k380'), frames > 2]).toEqual([
      true,
      true,
      false,
      true,
    ]);
  });

  test('and the gaps between them are as tall as the whole, drawn or not', () => {
    const options = conversation(1000, [6, 7, 8]);
    const { pieces } = drawUntilDone(options);
    const tall = pieces.map((each) =>
      each.kind === 'gap' ? each.height : options.heights.heightOf(each.row),
    );
    expect(tall.reduce((sum, each) => sum + each, 0)).toBeCloseTo(options.heights.total);
  });

  test('keep what must stay, far from the place of reading', () => {
    const { keys, pieces } = drawUntilDone(conversation(1000, [2, 7]), ['k120']);
    expect([keys.has('k120'), keys.size, pieces.filter((each) => each.kind === 'gap').length]).toEqual([
      true,
      27,
      3,
    ]);
  });
});

describe('row heights', () => {
  test('lead from a row to its place and back, measured or guessed', () => {
    const { heights } = conversation(1000, [6, 7, 8]);
    for (let n = 0; n < pageSize; n++) heights.note(7, `k${7 * pageSize + n}`, 30 + n);
    for (const spot of [focus, span.to, { page: 8, index: 0 }, { page: 999, index: 49 }])
      expect(heights.spotAt(heights.topOf(spot) + 1)).toEqual(spot);
    expect(heights.topOf({ page: 7, index: 10 }) - heights.topOf({ page: 7, index: 9 })).toBe(39);
  });

  test('of a page that was let go are remembered', () => {
    const { heights, pages, count } = conversation(1000, [7]);
    for (let n = 0; n < pageSize; n++) heights.note(7, `k${7 * pageSize + n}`, 100);
    const total = heights.total;
    heights.arrange(
      count,
      pages.filter(({ number }) => number !== 7),
    );
    expect(heights.total).toBe(total);
  });
});
