import { expect, test } from 'vitest';
import type { Item } from '../daemon/protocol/view.ts';
import { createOlderPages, isUnsettled } from './older-pages.ts';

const page = (number: number, open = false): readonly Item[] => [
  { kind: 'text', key: `k${number}`, at: number, text: String(number), open },
];

function fetching(items = page) {
  const asked: number[] = [];
  const older = createOlderPages(async (number) => {
    asked.push(number);
    return items(number);
  });
  return { asked, older };
}

test('a page is fetched once, however often and by however many it is asked for', async () => {
  const { asked, older } = fetching();
  await Promise.all([older.load(7), older.load(7)]);
  await older.load(7);
  expect([asked, older.pages.value.get(7)]).toEqual([[7], page(7)]);
});

test('pages far from the one that came last are let go', async () => {
  const { older } = fetching();
  for (let number = 0; number < 40; number++) await older.load(number);
  await older.load(500);
  const numbers = [...older.pages.value.keys()].sort((a, b) => a - b);
  expect(numbers).toEqual([...Array.from({ length: 23 }, (_, n) => 17 + n), 500]);
});

test('a page with something still going on is shown as it was and fetched again when that may be over', async () => {
  let isOpen = true;
  const { asked, older } = fetching((number) => page(number, number === 1 && isOpen));
  await older.load(1);
  await older.load(2);
  isOpen = false;
  older.doubt(isUnsettled);
  const shown = older.pages.value.get(1);
  await Promise.all([older.load(1), older.load(2)]);
  expect([shown, older.pages.value.get(1), asked]).toEqual([page(1, true), page(1), [1, 2, 1]]);
});

test('a page that could not be fetched is fetched when it is asked for again', async () => {
  let isThere = false;
  const older = createOlderPages(async (number) => {
    if (!isThere) throw new Error('away');
    return page(number);
  });
  await expect(older.load(3)).rejects.toThrow('away');
  isThere = true;
  await older.load(3);
  expect(older.pages.value.get(3)).toEqual(page(3));
});
