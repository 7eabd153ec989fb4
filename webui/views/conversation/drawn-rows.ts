// Which rows are drawn: those around what is in sight and those that must stay, a few new ones at a time so that no frame
// takes long. All others are gaps of their height. Pure.
import type { RowHeights, Spot } from './row-heights.ts';
import type { Row, RowPage } from './rows-of.ts';

export type Piece =
  | { readonly kind: 'row'; readonly key: string; readonly page: number; readonly row: Row }
  | { readonly kind: 'gap'; readonly key: string; readonly height: number };

export interface Span {
  readonly from: Spot;
  readonly to: Spot;
}

export interface Drawn {
  readonly pieces: readonly Piece[];
  readonly keys: ReadonlySet<string>;
  /** Rows of the span that were put off to the next frame. */
  readonly isMore: boolean;
}

/** What one frame may cost, in rows of the cheapest kind. */
const budget = 10;
/** Characters of Markdown that cost as much as the cheapest row. */
const charactersAtOnce = 250;

export function drawRows(options: {
  count: number;
  pages: readonly RowPage[];
  heights: Pick<RowHeights, 'heightOf' | 'heightOfPage'>;
  span: Span;
  /** Where the person looks: rows are drawn from here outwards. */
  focus: Spot;
  /** Drawn before, so they cost nothing. */
  before: ReadonlySet<string>;
  /** Stays wherever it is. */
  isPinned: (key: string) => boolean;
}): Drawn {
  const { count, pages, heights, span, focus, before, isPinned } = options;
  const chosen = chooseRows(pages, span, focus, before);
  const pieces: Piece[] = [];
  const keys = new Set<string>();
  let gap = 0;
  const closeGap = () => {
    const last = pieces.at(-1);
    if (gap > 0) pieces.push({ kind: 'gap', key: `gap behind ${last?.key ?? 'nothing'}`, height: gap });
    gap = 0;
  };
  let at = 0;
  for (const page of pages) {
    for (; at < page.number; at++) gap += heights.heightOfPage(at);
    at = page.number + 1;
    if (!mayHold(page, chosen.keys, isPinned)) {
      gap += heights.heightOfPage(page.number);
      continue;
    }
    for (const row of page.rows) {
      const { key } = row.item;
      if (!chosen.keys.has(key) && !isPinned(key)) {
        gap += heights.heightOf(row);
        continue;
      }
      closeGap();
      keys.add(key);
      pieces.push({ kind: 'row', key, page: page.number, row });
    }
  }
  for (; at < count; at++) gap += heights.heightOfPage(at);
  closeGap();
  return { pieces, keys, isMore: chosen.isMore };
}

function mayHold(page: RowPage, keys: ReadonlySet<string>, isPinned: (key: string) => boolean): boolean {
  return page.rows.some(({ item }) => keys.has(item.key) || isPinned(item.key));
}

interface Candidate {
  readonly key: string;
  readonly cost: number;
  readonly distance: number;
}

function chooseRows(
  pages: readonly RowPage[],
  span: Span,
  focus: Spot,
  before: ReadonlySet<string>,
): { keys: ReadonlySet<string>; isMore: boolean } {
  const keys = new Set<string>();
  const fresh: Candidate[] = [];
  for (const { number, rows } of pages) {
    if (number < span.from.page || number > span.to.page) continue;
    const start = number === span.from.page ? span.from.index : 0;
    const end = number === span.to.page ? span.to.index : rows.length - 1;
    for (let index = start; index <= end; index++) {
      const row = rows[index];
      if (!row) break;
      const { key } = row.item;
      if (before.has(key)) keys.add(key);
      else fresh.push({ key, cost: costOf(row), distance: distanceOf({ page: number, index }, focus) });
    }
  }
  fresh.sort((a, b) => a.distance - b.distance);
  let left = budget;
  let isMore = false;
  for (const { key, cost } of fresh) {
    if (cost > left && left < budget) {
      isMore = true;
      break;
    }
    left -= cost;
    keys.add(key);
  }
  return { keys, isMore };
}

/** What stands above the focus is out of sight, so it can wait a little. */
function distanceOf(spot: Spot, focus: Spot): number {
  const steps = (spot.page - focus.page) * 50 + spot.index - focus.index;
  return steps >= 0 ? steps : -2 * steps;
}

function costOf({ item, run }: Row): number {
  if (run.length > 0) return run.length < 3 ? run.length : 1;
  return 'text' in item && item.kind !== 'thinking' ? 1 + item.text.length / charactersAtOnce : 1;
}
