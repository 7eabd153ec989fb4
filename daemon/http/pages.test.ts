// What readers of a log share: one reading of it for all who stand at the same place, never more than what is new to each.
import { expect, test } from 'vitest';
import { createMemoryStore } from '../store/memory-store.ts';
import { systemClock } from '../system/clock.ts';
import { createPages, type Page } from './pages.ts';

const draft = (text: string) => ({ type: 'a', text });

async function setUp() {
  const store = createMemoryStore({ clock: systemClock, epoch: 'e'.repeat(32) });
  return { log: await store.open('lobby'), other: await store.open('other'), pages: createPages() };
}

const idsOf = (page: Page | undefined) => page?.events.map(({ id }) => id);

test('those who stand at the same place get the same page, before it is read and after', async () => {
  const { log, pages } = await setUp();
  await log.append([draft('1'), draft('2')]).durable;
  const [first, second] = await Promise.all([pages.behind(log, 0), pages.behind(log, 0)]);
  expect(idsOf(first)).toEqual([1, 2]);
  expect(second).toBe(first);
  expect(await pages.behind(log, 0)).toBe(first);
});

test('what was the end of the log is read anew when more has come', async () => {
  const { log, pages } = await setUp();
  await log.append([draft('1')]).durable;
  await pages.behind(log, 0);
  await log.append([draft('2')]).durable;
  expect(idsOf(await pages.behind(log, 0))).toEqual([1, 2]);
  expect(await pages.behind(log, 2)).toBeUndefined();
});

test('another log at the same place is another page', async () => {
  const { log, other, pages } = await setUp();
  await log.append([draft('of the one')]).durable;
  await other.append([draft('of the other')]).durable;
  const texts = [await pages.behind(log, 0), await pages.behind(other, 0)].map(
    (page) => page?.events[0]?.json,
  );
  expect(texts[0]).toContain('of the one');
  expect(texts[1]).toContain('of the other');
});

test('a long log comes in pages of some 64 KiB, a larger event as a page of its own', async () => {
  const { log, pages } = await setUp();
  const lengths = [30_000, 30_000, 30_000, 100_000, 10];
  await log.append(lengths.map((length) => draft('x'.repeat(length)))).durable;
  const read: unknown[] = [];
  for (let page = await pages.behind(log, 0); page; page = await pages.behind(log, page.last))
    read.push(idsOf(page));
  expect(read).toEqual([[1, 2], [3], [4], [5]]);
});

test('whoever is behind lets what is at the head pass, however much of the log is kept', async () => {
  const { log, other, pages } = await setUp();
  await log.append(Array.from({ length: 400 }, () => draft('x'.repeat(40_000)))).durable;
  let isDone = false;
  const behind = (async () => {
    for (let page = await pages.behind(log, 0); page; page = await pages.behind(log, page.last));
    isDone = true;
  })();
  await new Promise((resolve) => setImmediate(resolve));
  await other.append([draft('new')]).durable;
  expect(idsOf(await pages.behind(other, 0))).toEqual([1]);
  expect(isDone).toBe(false);
  await behind;
});
