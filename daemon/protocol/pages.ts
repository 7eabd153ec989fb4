// The paged list of items inside a view: appending, changing and finding, with structural sharing.
// Pure; pages are never changed in place.
import { type ConversationView, type Item, pageSize } from './view.ts';

type Pages = ConversationView['pages'];

export function appendItem(pages: Pages, item: Item): Pages {
  const lastPage = pages.at(-1);
  if (lastPage === undefined || lastPage.length >= pageSize) return [...pages, [item]];
  return [...pages.slice(0, -1), [...lastPage, item]];
}

/** The newest item with that key. What is asked for is nearly always near the end, so the search starts there. */
export function findItem(pages: Pages, key: string): Item | undefined {
  const place = locate(pages, key);
  return place ? pages[place.page]?.[place.index] : undefined;
}

/** Replaces the item by `change(item)`; the same pages when there is none, or when nothing changes. */
export function changeItem(pages: Pages, key: string, change: (item: Item) => Item): Pages {
  const place = locate(pages, key);
  const page = place ? pages[place.page] : undefined;
  const item = place ? page?.[place.index] : undefined;
  if (!place || !page || !item) return pages;
  const changed = change(item);
  return changed === item ? pages : pages.with(place.page, page.with(place.index, changed));
}

/** Takes the item out of the last page; an item in an earlier, full page stays, so that page numbers hold. */
export function removeItem(pages: Pages, key: string): Pages {
  const lastPage = pages.at(-1);
  if (!lastPage?.some((item) => item.key === key)) return pages;
  const kept = lastPage.filter((item) => item.key !== key);
  return kept.length > 0 ? [...pages.slice(0, -1), kept] : pages.slice(0, -1);
}

/** Key → index, of pages that are not the last: they seldom change, and a search through all items would grow with the log. */
const indexes = new WeakMap<readonly Item[], ReadonlyMap<string, number>>();

function indexOf(page: readonly Item[]): ReadonlyMap<string, number> {
  const known = indexes.get(page);
  if (known) return known;
  const index = new Map(page.map((item, at) => [item.key, at]));
  indexes.set(page, index);
  return index;
}

function locate(pages: Pages, key: string): { page: number; index: number } | undefined {
  const last = pages.length - 1;
  const inLast = pages[last]?.findLastIndex((item) => item.key === key) ?? -1;
  if (inLast >= 0) return { page: last, index: inLast };
  for (let number = last - 1; number >= 0; number--) {
    const page = pages[number];
    const index = page && indexOf(page).get(key);
    if (index !== undefined) return { page: number, index };
  }
  return undefined;
}
