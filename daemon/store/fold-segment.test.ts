// Folding a log away while it is used: at every moment, after every kind of end, the log is whole and says the same.
import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { EventLog, LoggedEvent } from '../ports.ts';
import { fold, follows } from '../protocol/fold.ts';
import { emptyView } from '../protocol/view.ts';
import { systemClock as clock } from '../system/clock.ts';
import { watchSyncs } from '../testing/synced-paths.ts';
import { openJsonlLog } from './jsonl-log.ts';

const never = new AbortController().signal;
const newFolder = async () => join(await mkdtemp(join(tmpdir(), 'porchlight-fold-')), 'log');
const openLog = (folder: string, more: { segmentBytes?: number } = {}) =>
  openJsonlLog({ folder, clock, recent: 1, foldAtLeast: 1, ...more });

/** `blocks` texts of ten words, each said word by word. */
async function talk(log: EventLog, blocks: number, from = 0): Promise<void> {
  for (let block = from; block < from + blocks; block++) {
    const blockId = `b${block}`;
    for (let n = 0; n < 10; n++)
      await log.append([{ type: 'text.delta', blockId, text: `word${n} ` }]).durable;
    const text = Array.from({ length: 10 }, (_, n) => `word${n} `).join('');
    await log.append([{ type: 'text.finished', blockId, text }]).durable;
  }
}

/** All events, as a reader gets them that takes few at a time and checks that none is missing. */
async function readAll(log: EventLog): Promise<LoggedEvent[]> {
  const events: LoggedEvent[] = [];
  let last = 0;
  for (;;) {
    const more = await log.read(last, 7);
    for (const event of more) {
      expect(follows(last, event)).toBe(true);
      last = event.id;
      events.push(event);
    }
    if (more.length === 0) return events;
  }
}

const viewOf = async (log: EventLog) => (await readAll(log)).reduce(fold, emptyView);
const bytesIn = async (folder: string) => {
  const sizes = (await readdir(folder)).map(async (name) => (await stat(join(folder, name))).size);
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
};

test('a folded log is smaller, opens to the same view and takes the next event', async () => {
  const folder = await newFolder();
  const log = await openLog(folder);
  await talk(log, 20);
  const [before, view] = [await bytesIn(folder), await viewOf(log)];
  const won = await log.fold(never);
  expect(await bytesIn(folder)).toBe(before - won);
  expect(won).toBeGreaterThan(before / 2);
  expect(await viewOf(log)).toEqual(view);
  await log.close();
  const again = await openLog(folder);
  expect({ damaged: again.damaged, head: again.head }).toEqual({ damaged: false, head: 220 });
  expect(await viewOf(again)).toEqual(view);
  expect(again.append([{ type: 'a' }]).events.map(({ id }) => id)).toEqual([221]);
});

test('what is appended and read meanwhile is neither lost nor shown twice', async () => {
  const folder = await newFolder();
  const log = await openLog(folder);
  await talk(log, 30);
  let isFolded = false;
  const folding = log.fold(never).finally(() => {
    isFolded = true;
  });
  for (let block = 30; !isFolded; block++) {
    const readers = Array.from({ length: 8 }, () => readAll(log));
    const [, events] = await Promise.all([talk(log, 1, block), ...readers]);
    expect(events?.length).toBeGreaterThan(30);
  }
  expect(await folding).toBeGreaterThan(0);
  await talk(log, 1, 1000);
  const view = await viewOf(log);
  const { head } = log;
  expect(view.last).toBe(head);
  await log.close();
  const again = await openLog(folder);
  expect(again.head).toBe(head);
  expect(await viewOf(again)).toEqual(view);
});

test('each segment is folded, sealed ones once', async () => {
  const folder = await newFolder();
  const log = await openLog(folder, { segmentBytes: 3000 });
  await talk(log, 20);
  const view = await viewOf(log);
  expect(await log.fold(never)).toBeGreaterThan(0);
  await talk(log, 1, 20);
  const first = join(folder, '00000001.jsonl');
  const { ino } = await stat(first);
  await log.fold(never);
  expect((await stat(first)).ino).toBe(ino);
  expect((await viewOf(log)).pages.flat().slice(0, 20)).toEqual(view.pages.flat());
});

test('a log in which little can go is not written anew', async () => {
  const folder = await newFolder();
  const log = await openLog(folder);
  for (let n = 0; n < 50; n++) await log.append([{ type: 'tick', n }]).durable;
  await talk(log, 1);
  const { ino } = await stat(join(folder, '00000001.jsonl'));
  expect(await log.fold(never)).toBe(0);
  expect((await stat(join(folder, '00000001.jsonl'))).ino).toBe(ino);
});

test('what a killed daemon left half written is removed, and what was there counts', async () => {
  const folder = await newFolder();
  const log = await openLog(folder);
  await talk(log, 2);
  await log.close();
  const view = await viewOf(log);
  for (const name of ['00000001.jsonl.folding', 'checkpoint.1234.tmp'])
    await writeFile(join(folder, name), 'half');
  const again = await openLog(folder);
  expect(await readdir(folder)).toEqual(['00000001.jsonl']);
  expect(await viewOf(again)).toEqual(view);
});

test('a damaged log stays as it is', async () => {
  const folder = await newFolder();
  const log = await openLog(folder);
  await talk(log, 5);
  await log.close();
  const path = join(folder, '00000001.jsonl');
  await writeFile(path, (await readFile(path, 'utf8')).replace('word3', 'WORD3'));
  const before = await readFile(path, 'utf8');
  const damaged = await openLog(folder);
  expect(damaged.damaged).toBe(true);
  expect(await damaged.fold(never)).toBe(0);
  expect(await readFile(path, 'utf8')).toBe(before);
});

test('bytes that changed on the disk meanwhile end it, and the file stays as it is', async () => {
  const folder = await newFolder();
  const log = await openLog(folder);
  await talk(log, 5);
  const path = join(folder, '00000001.jsonl');
  await writeFile(path, (await readFile(path, 'utf8')).replace('word3', 'WORD3'));
  const before = await readFile(path, 'utf8');
  await expect(log.fold(never)).rejects.toMatchObject({ code: 'log_damaged' });
  expect(await readFile(path, 'utf8')).toBe(before);
  expect(await readdir(folder)).toEqual(['00000001.jsonl']);
});

test('closing in the midst of it leaves the log as it was or folded, nothing beside it', async () => {
  const folder = await newFolder();
  const log = await openLog(folder);
  await talk(log, 40);
  const view = await viewOf(log);
  const folding = log.fold(never);
  await log.close();
  await folding;
  expect(await readdir(folder)).toEqual(['00000001.jsonl']);
  expect(await viewOf(await openLog(folder))).toEqual(view);
});

describe.skipIf(process.platform !== 'linux')('a power cut', () => {
  test('finds the old file or the new one, whole: the new one is on disk before it is renamed, its name before the next event', async () => {
    const folder = await newFolder();
    const log = await openLog(folder);
    await talk(log, 5);
    const syncs = await watchSyncs();
    await log.fold(never);
    await log.append([{ type: 'a' }]).durable;
    syncs.restore();
    const temp = join(folder, '00000001.jsonl.folding');
    expect(syncs.paths).toEqual([temp, temp, folder, join(folder, '00000001.jsonl')]);
  });
});
