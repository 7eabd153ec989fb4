// What of a conversation is in the document: the rows around what is in sight, however long it is; and which pages are
// fetched for it. `look` is cheap and is called on every scroll.
// Not by @tanstack/virtual-core: how many rows a page has is not known before it is here (a subagent's items go into one
// row), and the place of reading must have one owner, also inside of a row that grows while it is read.
import { type ReadonlySignal, signal } from '@preact/signals';
import { AppError } from '../../../daemon/protocol/errors.ts';
import type { OpenConversation } from '../../store.ts';
import { Unreachable } from '../../http.ts';
import type { Drawn, Span } from './drawn-rows.ts';
import { drawRows } from './drawn-rows.ts';
import { type KeptRows, keepRows } from './kept-rows.ts';
import { type Anchor, keepReadingPlace, type ReadingPlace } from './reading-place.ts';
import { createRowHeights, type Spot } from './row-heights.ts';
import { isInRow, type RowPage, rowPages } from './rows-of.ts';

export interface TranscriptWindow {
  /** Changes whenever something else is to be drawn, beside the conversation itself. */
  readonly turn: ReadonlySignal<number>;
  /** The pieces to draw now; called once per drawing. */
  draw(): Drawn['pieces'];
  /** After each drawing. */
  drawn(): void;
  attach(scroller: HTMLElement, content: HTMLElement, onMove: (isAtEnd: boolean) => void): () => void;
  readonly place: ReadingPlace | undefined;
  readonly pages: readonly RowPage[];
  toEnd(): void;
  /** Goes to the item, fetching its page if it must be. Rejects as the fetch does. */
  goTo(target: Anchor): Promise<void>;
  /** Fetches what is missing around what is in sight. */
  fetchMissing(): void;
}

/** Conversations of so many screens are in the document whole. */
const wholeScreens = 6;
/** Pages that are fetched at the same time. */
const fetchesAtOnce = 2;
const everything: Span = { from: { page: 0, index: 0 }, to: { page: Number.POSITIVE_INFINITY, index: 0 } };

const windows = new WeakMap<OpenConversation, TranscriptWindow>();

/** The one window on this conversation. */
export function windowOn(conversation: OpenConversation): TranscriptWindow {
  const known = windows.get(conversation) ?? createTranscriptWindow(conversation);
  windows.set(conversation, known);
  return known;
}

function createTranscriptWindow(conversation: OpenConversation): TranscriptWindow {
  const { view, older } = conversation;
  const heights = createRowHeights();
  const turn = signal(0);
  let pages: readonly RowPage[] = [];
  let span: Span | undefined;
  let drawn: Drawn = { pieces: [], keys: new Set(), isMore: false };
  let kept: KeptRows | undefined;
  let place: ReadingPlace | undefined;
  let box: { scroller: HTMLElement; content: HTMLElement } | undefined;
  let width = 0;
  let fetching = 0;
  let nextFrame = 0;

  const count = () => view.value.dropped + view.value.pages.length;
  const padding = 16;
  const screen = () => box?.scroller.clientHeight || 800;

  /**
   * What is in sight, in px of the model of heights. Reckoned from the row that is read, not from how far it is scrolled: the
   * two differ as long as a row is drawn that was not measured yet.
   */
  function sight(): { top: number; bottom: number } {
    const { total } = heights;
    const now = place?.now;
    if (!box || !now || now.kind === 'end') return { top: total - screen(), bottom: total };
    const about = now.kind === 'row' ? whereIs(now) : undefined;
    const top = about === undefined || now.kind !== 'row' ? box.scroller.scrollTop : about - now.top;
    return { top: top - padding, bottom: top - padding + screen() };
  }

  function look(): void {
    const next = chooseSpan();
    if (span && sameSpot(span.from, next.from) && sameSpot(span.to, next.to)) return;
    span = next;
    drawAgainSoon();
  }

  /** Never at once: drawing changes heights, and heights change what is to be drawn. */
  function drawAgainSoon(): void {
    if (nextFrame !== 0) return;
    nextFrame = requestAnimationFrame(() => {
      nextFrame = 0;
      turn.value += 1;
    });
  }

  function chooseSpan(): Span {
    const { top, bottom } = sight();
    const ahead = Math.max(screen(), 600);
    if (heights.total <= wholeScreens * screen() && pages.length === count()) return everything;
    if (span && isFit(span.from, top, ahead, 'above') && isFit(span.to, bottom, ahead, 'below')) return span;
    const isToEnd = bottom + ahead >= heights.total;
    return {
      from: heights.spotAt(Math.max(0, top - ahead)),
      to: isToEnd ? everything.to : heights.spotAt(bottom + ahead),
    };
  }

  /** There is enough beyond the edge of the screen, and not far too much. */
  function isFit(spot: Spot, edge: number, ahead: number, side: 'above' | 'below'): boolean {
    const y = spot.page === Number.POSITIVE_INFINITY ? heights.total : heights.topOf(spot);
    const beyond = side === 'above' ? edge - y : y - edge;
    if (beyond > 2.5 * ahead) return false;
    const isLast = side === 'above' ? y <= 0 : spot.page === Number.POSITIVE_INFINITY;
    return isLast || beyond >= ahead / 2;
  }

  function measure(): void {
    if (!box) return;
    if (box.content.clientWidth !== width) {
      width = box.content.clientWidth;
      heights.forget(width);
    }
    for (const row of box.content.querySelectorAll<HTMLElement>(':scope > [data-key]')) {
      const next = row.nextElementSibling;
      const { key = '', page } = row.dataset;
      // Between two rows their margins are one; beside a gap it is only about right.
      const isExact = next instanceof HTMLElement && next.dataset['key'] !== undefined;
      if (isExact) heights.note(Number(page), key, next.offsetTop - row.offsetTop);
      else if (!heights.isKnown(key)) heights.note(Number(page), key, row.offsetHeight + padding);
    }
  }

  function whereIs({ key, page }: Anchor): number | undefined {
    if (page >= count()) return undefined;
    const rows = pages.find(({ number }) => number === page)?.rows ?? [];
    const index = rows.findIndex((row) => isInRow(row, key));
    return heights.topOf({ page, index: Math.max(0, index) }) + padding;
  }

  function missing(): number[] {
    const { top, bottom } = sight();
    const first = heights.spotAt(Math.max(0, top - 2 * screen())).page;
    const last = heights.spotAt(bottom + screen()).page;
    const middle = heights.spotAt((top + bottom) / 2).page;
    const { dropped } = view.value;
    return Array.from({ length: last - first + 1 }, (_, n) => first + n)
      .filter((page) => page < dropped && older.isWanting(page))
      .sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
  }

  function fetchMissing(): void {
    for (const page of missing().slice(0, fetchesAtOnce - fetching)) {
      fetching += 1;
      older.load(page).then(
        () => {
          fetching -= 1;
          fetchMissing();
        },
        (error: unknown) => {
          fetching -= 1;
          // Asked for again when the person scrolls or the computer is back.
          if (!(error instanceof Unreachable || error instanceof AppError)) throw error;
        },
      );
    }
  }

  return {
    turn,
    get place() {
      return place;
    },
    get pages() {
      return pages;
    },
    fetchMissing,
    draw() {
      pages = rowPages(view.value, older.pages.value, pages);
      heights.arrange(count(), pages);
      span ??= chooseSpan();
      const { top } = sight();
      drawn = drawRows({
        ...{ count: count(), pages, heights, span },
        focus:
          place?.now.kind === 'end' || !place
            ? { page: count(), index: 0 }
            : heights.spotAt(Math.max(0, top)),
        before: drawn.keys,
        isPinned: (key) => kept?.has(key) ?? false,
      });
      return drawn.pieces;
    },
    drawn() {
      place?.hold();
      if (drawn.isMore) drawAgainSoon();
    },
    attach(scroller, content, onMove) {
      box = { scroller, content };
      width = content.clientWidth;
      heights.forget(width);
      kept = keepRows(content);
      const keeping = keepReadingPlace({
        ...{ name: conversation.conversationId, scroller, content, whereIs, onMove },
        onScroll() {
          look();
          fetchMissing();
        },
        onSize() {
          measure();
          look();
        },
      });
      place = keeping;
      span = undefined;
      turn.value += 1;
      return () => {
        cancelAnimationFrame(nextFrame);
        nextFrame = 0;
        keeping.dispose();
        kept?.dispose();
        place = undefined;
        box = undefined;
      };
    },
    toEnd() {
      place?.toEnd();
      look();
    },
    async goTo(target) {
      if (target.page < view.value.dropped) await older.load(target.page);
      // Now it is known which row has it.
      pages = rowPages(view.value, older.pages.value, pages);
      heights.arrange(count(), pages);
      const row = pages
        .find(({ number }) => number === target.page)
        ?.rows.find((each) => isInRow(each, target.key));
      place?.to({ ...target, key: row?.item.key ?? target.key });
      look();
      turn.value += 1;
    },
  };
}

function sameSpot(a: Spot, b: Spot): boolean {
  return a.page === b.page && a.index === b.index;
}
