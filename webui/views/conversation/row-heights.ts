// How tall the rows of a conversation are: as measured, or by a guess from what they hold, so that rows that are not drawn
// leave the right room. Knows no DOM. Pages that are not here count as so many usual rows.
import { pageSize } from '../../../daemon/protocol/view.ts';
import { beginningOf } from './message-beginning.ts';
import type { Row, RowPage } from './rows-of.ts';

/** A row by its page and its place in it. */
export interface Spot {
  readonly page: number;
  readonly index: number;
}

export interface RowHeights {
  /** What there is now: `count` pages, of which `pages` are here. */
  arrange(count: number, pages: readonly RowPage[]): void;
  /** px from the top of the first row. */
  topOf(spot: Spot): number;
  /** The row at so many px from the top of the first; the nearest there is. */
  spotAt(y: number): Spot;
  readonly total: number;
  heightOf(row: Row): number;
  /** All rows of the page, or the room that a page takes that is not here. */
  heightOfPage(number: number): number;
  note(page: number, key: string, height: number): void;
  isKnown(key: string): boolean;
  /** The width changed: nothing that was measured holds. */
  forget(width: number): void;
}

const usualRow = 72;
const lineHeight = 25;

export function createRowHeights(): RowHeights {
  const measured = new Map<string, number>();
  /** Of pages that were here, so that they leave the same room when they are not. */
  const remembered = new Map<number, number>();
  const sums = new WeakMap<RowPage, number>();
  let here = new Map<number, RowPage>();
  let tops: number[] = [0];
  let isStale = true;
  let count = 0;
  let lineLength = 44;
  let usualPage = pageSize * usualRow;

  const heightOf = (row: Row) => measured.get(row.item.key) ?? guess(row, lineLength);

  function heightOfPage(number: number): number {
    const page = here.get(number);
    if (!page) return remembered.get(number) ?? usualPage;
    const known = sums.get(page);
    if (known !== undefined) return known;
    const sum = page.rows.reduce((all, row) => all + heightOf(row), 0);
    sums.set(page, sum);
    remembered.set(number, sum);
    return sum;
  }

  function topsNow(): readonly number[] {
    if (!isStale) return tops;
    isStale = false;
    tops = [0];
    for (let number = 0; number < count; number++) tops.push((tops[number] ?? 0) + heightOfPage(number));
    return tops;
  }

  function rowAt(page: RowPage | undefined, inside: number): number {
    let left = inside;
    const index = page?.rows.findIndex((row) => {
      left -= heightOf(row);
      return left < 0;
    });
    return index === undefined ? 0 : index < 0 ? Math.max(0, (page?.rows.length ?? 1) - 1) : index;
  }

  return {
    heightOf,
    heightOfPage,
    arrange(newCount, pages) {
      const full = pages.find((page) => page.items.length === pageSize);
      if (here.size === 0 && full)
        usualPage = full.rows.reduce((all, row) => all + guess(row, lineLength), 0);
      count = newCount;
      here = new Map(pages.map((page) => [page.number, page]));
      isStale = true;
    },
    topOf({ page, index }) {
      const top = topsNow()[Math.min(page, count)] ?? 0;
      const before = here.get(page)?.rows.slice(0, index) ?? [];
      return before.reduce((sum, row) => sum + heightOf(row), top);
    },
    spotAt(y) {
      const all = topsNow();
      let [low, high] = [0, Math.max(0, count - 1)];
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((all[middle] ?? 0) <= y) low = middle;
        else high = middle - 1;
      }
      return { page: low, index: rowAt(here.get(low), y - (all[low] ?? 0)) };
    },
    get total() {
      return topsNow()[count] ?? 0;
    },
    note(page, key, height) {
      if (measured.get(key) === height) return;
      measured.set(key, height);
      const held = here.get(page);
      if (held) sums.delete(held);
      isStale = true;
    },
    isKnown: (key) => measured.has(key),
    forget(width) {
      lineLength = Math.max(16, width / 8);
      measured.clear();
      remembered.clear();
      for (const page of here.values()) sums.delete(page);
      isStale = true;
    },
  };
}

function guess({ item, run }: Row, lineLength: number): number {
  if (item.aside) return 46;
  if (run.length > 0) return run.length < 3 ? 46 * run.length : 46;
  switch (item.kind) {
    case 'message':
      return 62 + lineHeight * linesOf(beginningOf(item.text), lineLength * 0.75);
    case 'text':
      return 24 + lineHeight * linesOf(item.text, lineLength);
    case 'tool':
    case 'thinking':
      return 46;
    default:
      return 44;
  }
}

function linesOf(text: string, lineLength: number): number {
  let lines = 1;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines += 0.7;
  return Math.round(lines + text.length / lineLength);
}
