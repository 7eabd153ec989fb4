// Pages of a conversation that lie before the followed tail: fetched one by one, in any order, and kept while they are near
// to what is read. They are copies: when something in them may have changed since, they are fetched again.
import { type ReadonlySignal, signal } from '@preact/signals';
import type { Item } from '../daemon/protocol/view.ts';

export interface OlderPages {
  /** By page number; a page that is not in it is not here now. */
  readonly pages: ReadonlySignal<ReadonlyMap<number, readonly Item[]>>;
  /** Brings the page unless it is here and fresh. One fetch at a time for each page. Rejects as the fetch does. */
  load(page: number): Promise<void>;
  /** Whether `load` would fetch. */
  isWanting(page: number): boolean;
  /** What fits may have changed on the computer: it is shown as it is until it is fetched again. */
  doubt(fits: (item: Item) => boolean): void;
}

/** About what three minutes of reading need, and not a megabyte more than that. */
const atMost = 24;

export function createOlderPages(fetchPage: (page: number) => Promise<readonly Item[]>): OlderPages {
  const pages = signal<ReadonlyMap<number, readonly Item[]>>(new Map());
  const doubted = new Set<number>();
  const onTheWay = new Map<number, Promise<void>>();

  async function bring(page: number): Promise<void> {
    doubted.delete(page);
    const items = await fetchPage(page);
    const next = new Map(pages.value).set(page, items);
    for (const far of farthest([...next.keys()], page).slice(0, Math.max(0, next.size - atMost)))
      next.delete(far);
    pages.value = next;
  }

  const isWanting = (page: number) => !onTheWay.has(page) && (!pages.value.has(page) || doubted.has(page));

  return {
    pages,
    isWanting,
    load(page) {
      if (!isWanting(page)) return onTheWay.get(page) ?? Promise.resolve();
      const coming = bring(page).finally(() => onTheWay.delete(page));
      onTheWay.set(page, coming);
      return coming;
    },
    doubt(fits) {
      for (const [page, items] of pages.value) if (items.some(fits)) doubted.add(page);
      // Who shows them looks again.
      if (doubted.size > 0) pages.value = new Map(pages.value);
    },
  };
}

function farthest(numbers: readonly number[], from: number): number[] {
  return numbers.toSorted((a, b) => Math.abs(b - from) - Math.abs(a - from));
}

/** Something that was still going on when it was fetched. */
export function isUnsettled(item: Item): boolean {
  switch (item.kind) {
    case 'message':
      return item.state !== 'answered' && (item.state !== 'doubted' || item.settled === undefined);
    case 'text':
    case 'thinking':
      return item.open;
    case 'tool':
      return item.state === 'announced' || item.state === 'running';
    default:
      return false;
  }
}
