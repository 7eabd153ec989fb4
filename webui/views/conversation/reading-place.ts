// Where in the transcript the person reads. At the end it stays at the end; anywhere else the line being read keeps still,
// whatever is added above or below. Remembers the place per conversation, in memory. The only file that scrolls it.

/** A row, and how far below the upper edge it begins, px. */
export interface Anchor {
  readonly key: string;
  readonly page: number;
  readonly top: number;
}

/** `between`: nothing is drawn where the person looks, yet. */
export type Place =
  | { readonly kind: 'end' }
  | { readonly kind: 'between' }
  | ({ readonly kind: 'row' } & Anchor);

const places = new Map<string, Place>();
/** This close to the end counts as being there, in px. */
const nearby = 40;

export interface ReadingPlace {
  readonly now: Place;
  /** After every change of the content or the size. */
  hold(): void;
  toEnd(): void;
  /** To a row, drawn or not. */
  to(anchor: Anchor): void;
  dispose(): void;
}

export function keepReadingPlace(options: {
  name: string;
  scroller: HTMLElement;
  content: HTMLElement;
  /** About where a row begins in the content that is not drawn, px; undefined when nothing is known of it. */
  whereIs: (anchor: Anchor) => number | undefined;
  /** Told whenever being at the end begins or ceases. */
  onMove: (isAtEnd: boolean) => void;
  /** After every scroll, by whomever. */
  onScroll: () => void;
  /** The size of the scroller or of what is in it changed; before the place is held. */
  onSize: () => void;
}): ReadingPlace {
  const { name, scroller, content, whereIs, onMove, onScroll, onSize } = options;
  let place: Place = places.get(name) ?? { kind: 'end' };
  if (place.kind === 'between') place = { kind: 'end' };
  let expected = -1;
  let size = sizeOf(scroller);
  const isEnd = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop <= nearby;

  /** There is nothing to scroll, and something to see. */
  function isAllInSight(): boolean {
    return scroller.scrollHeight <= scroller.clientHeight && content.querySelector('[data-key]') !== null;
  }

  function scrollTo(top: number): void {
    scroller.scrollTop = top;
    expected = scroller.scrollTop;
  }

  function settle(now: Place): void {
    const wasEnd = place.kind === 'end';
    place = now;
    places.set(name, place);
    if (wasEnd !== (place.kind === 'end')) onMove(!wasEnd);
  }

  function hold(): void {
    // The person moved, and the event that tells is still on its way: their move comes first.
    const hasMoved = expected >= 0 && Math.abs(scroller.scrollTop - expected) >= 1;
    if (place.kind === 'end' && hasMoved && sizeOf(scroller) === size) note();
    if (place.kind !== 'end' && isAllInSight()) settle({ kind: 'end' });
    if (place.kind === 'end') return scrollTo(scroller.scrollHeight);
    if (place.kind === 'between') return settle(firstInSight());
    const row = content.querySelector(`[data-key="${CSS.escape(place.key)}"]`);
    if (row) {
      const moved = topOf(row) - place.top;
      if (Math.abs(moved) >= 1) scrollTo(scroller.scrollTop + moved);
      return;
    }
    const about = whereIs(place);
    if (about !== undefined) scrollTo(about - place.top);
  }

  function topOf(row: Element): number {
    return row.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  }

  function note(): void {
    // A new size (keyboard, rotation) moves the content by itself, before anyone is told of it.
    if (sizeOf(scroller) !== size) {
      size = sizeOf(scroller);
      return hold();
    }
    // The echo of our own move says nothing about the person.
    if (Math.abs(scroller.scrollTop - expected) < 1) return;
    expected = -1;
    settle(isEnd() ? { kind: 'end' } : firstInSight());
  }

  function firstInSight(): Place {
    const rows = content.querySelectorAll<HTMLElement>('[data-key]');
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = rows[middle];
      if (row && topOf(row) + row.offsetHeight > 0) high = middle;
      else low = middle + 1;
    }
    const row = rows[low];
    if (!row || topOf(row) > scroller.clientHeight) return { kind: 'between' };
    const { key = '', page = '0' } = row.dataset;
    return { kind: 'row', key, page: Number(page), top: topOf(row) };
  }

  const observer = new ResizeObserver(() => {
    onSize();
    hold();
  });
  observer.observe(content);
  observer.observe(scroller);
  const scrolled = () => {
    note();
    onScroll();
  };
  scroller.addEventListener('scroll', scrolled, { passive: true });
  onMove(place.kind === 'end');
  return {
    get now() {
      return place;
    },
    hold,
    toEnd() {
      settle({ kind: 'end' });
      hold();
    },
    to(anchor) {
      settle({ kind: 'row', ...anchor });
      hold();
    },
    dispose() {
      observer.disconnect();
      scroller.removeEventListener('scroll', scrolled);
    },
  };
}

function sizeOf(element: HTMLElement): string {
  return `${element.clientWidth}×${element.clientHeight}`;
}
