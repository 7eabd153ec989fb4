// Where in the transcript the person reads. At the end it stays at the end; anywhere else the line being read keeps still,
// whatever is added above or below. Remembers the place per conversation, in memory.

interface Place {
  /** The first row in sight, and how far below the upper edge it begins; undefined: at the end. */
  readonly anchor: { readonly key: string; readonly top: number } | undefined;
}

const places = new Map<string, Place>();
/** This close to the end counts as being there, in px. */
const nearby = 40;

export interface ReadingPlace {
  /** After every change of the content or the size. */
  hold(): void;
  toEnd(): void;
  readonly isAtEnd: boolean;
}

/** `onMove` is told whenever being at the end begins or ceases. Returns a disposer beside the place. */
export function keepReadingPlace(options: {
  name: string;
  scroller: HTMLElement;
  content: HTMLElement;
  onMove: (isAtEnd: boolean) => void;
}): { place: ReadingPlace; dispose: () => void } {
  const { name, scroller, content, onMove } = options;
  let { anchor } = places.get(name) ?? { anchor: undefined };
  let expected = -1;
  let size = sizeOf(scroller);
  const isEnd = () => scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop <= nearby;

  function scrollTo(top: number): void {
    scroller.scrollTop = top;
    expected = scroller.scrollTop;
  }

  function hold(): void {
    // The person moved, and the event that tells is still on its way: their move comes first.
    const hasMoved = expected >= 0 && Math.abs(scroller.scrollTop - expected) >= 1;
    if (!anchor && hasMoved && sizeOf(scroller) === size) note();
    if (!anchor) return scrollTo(scroller.scrollHeight);
    const row = content.querySelector(`[data-key="${CSS.escape(anchor.key)}"]`);
    if (!row) return;
    const moved = topOf(row) - anchor.top;
    if (Math.abs(moved) >= 1) scrollTo(scroller.scrollTop + moved);
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
    if (Math.abs(scroller.scrollTop - expected) < 1 && !anchor) return;
    const before = anchor;
    anchor = isEnd() ? undefined : firstInSight();
    expected = -1;
    places.set(name, { anchor });
    if ((before === undefined) !== (anchor === undefined)) onMove(anchor === undefined);
  }

  function firstInSight(): { key: string; top: number } | undefined {
    const rows = content.querySelectorAll<HTMLElement>('[data-key]');
    let [low, high] = [0, rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = rows[middle];
      if (row && topOf(row) + row.offsetHeight > 0) high = middle;
      else low = middle + 1;
    }
    const row = rows[low];
    return row && { key: row.dataset['key'] ?? '', top: topOf(row) };
  }

  const observer = new ResizeObserver(hold);
  observer.observe(content);
  observer.observe(scroller);
  scroller.addEventListener('scroll', note, { passive: true });
  onMove(anchor === undefined);
  hold();
  return {
    place: {
      hold,
      toEnd() {
        anchor = undefined;
        places.set(name, { anchor });
        onMove(true);
        hold();
      },
      get isAtEnd() {
        return anchor === undefined;
      },
    },
    dispose() {
      observer.disconnect();
      scroller.removeEventListener('scroll', note);
    },
  };
}

function sizeOf(element: HTMLElement): string {
  return `${element.clientWidth}×${element.clientHeight}`;
}
