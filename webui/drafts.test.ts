import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Database } from './database.ts';
import { createDrafts } from './drafts.ts';

/** A disk that answers a read when it is told to, as a phone's does that has just woken. */
function slowDisk(kept: Record<string, string>) {
  const held: Record<string, string> = { ...kept };
  let answer: () => void = () => {};
  const isReady = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const disk = {
    async get(_store: string, key: string) {
      const before = held[key];
      await isReady;
      return before;
    },
    async put(_store: string, key: string, text: string) {
      held[key] = text;
    },
    async delete(_store: string, key: string) {
      delete held[key];
    },
  };
  // Only drafts go through it here.
  return { held, answer, disk: disk as unknown as Pick<Database, 'get' | 'put' | 'delete'> };
}

const settled = () => vi.runAllTimersAsync();

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test('what is typed before the disk has answered comes below what it keeps, and both are kept', async () => {
  const { disk, answer, held } = slowDisk({ c: 'from yesterday' });
  const drafts = createDrafts(disk);
  const draft = drafts.of('c');
  draft.value = 'and';
  await settled();
  draft.value = 'and today';
  drafts.flush();
  expect(held).toEqual({ c: 'from yesterday' });

  answer();
  await settled();
  expect([draft.value, held]).toEqual(['from yesterday\nand today', { c: 'from yesterday\nand today' }]);
});

test('a message sent before the disk has answered leaves the kept draft there', async () => {
  const { disk, answer, held } = slowDisk({ c: 'from yesterday' });
  const drafts = createDrafts(disk);
  const draft = drafts.of('c');
  draft.value = 'quick';
  draft.value = '';
  drafts.flush();

  answer();
  await settled();
  expect([draft.value, held]).toEqual(['from yesterday', { c: 'from yesterday' }]);
});

test('what was typed before the disk has answered is kept where there was nothing, and an emptied draft is not', async () => {
  const { disk, answer, held } = slowDisk({});
  const drafts = createDrafts(disk);
  const draft = drafts.of('c');
  draft.value = 'new';
  answer();
  await settled();
  expect(held).toEqual({ c: 'new' });

  draft.value = '';
  await settled();
  expect(held).toEqual({});
});

test('of a conversation that is gone nothing is written any more', async () => {
  const { disk, answer, held } = slowDisk({});
  const drafts = createDrafts(disk);
  const draft = drafts.of('c');
  answer();
  await settled();
  draft.value = 'half a thought';
  drafts.forget('c');
  await settled();
  expect([draft.value, held]).toEqual(['', {}]);
});
