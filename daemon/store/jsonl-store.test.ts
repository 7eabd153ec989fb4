// The file log keeps the contract, and what is special about files: restarts, torn ends, damage, modes.
import { appendFile, mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock as clock } from '../system/clock.ts';
import { eventLogContract, foldingContract } from './event-log.contract.ts';
import { openJsonlStore } from './jsonl-store.ts';
import { encodeRecord } from './record.ts';

const newHome = () => mkdtemp(join(tmpdir(), 'porchlight-store-'));
const folder = (home: string) => join(home, 'lobby', 'log');
const segment = (home: string) => join(folder(home), '00000001.jsonl');

eventLogContract('files', async () => openJsonlStore({ home: await newHome(), clock }));
eventLogContract('files of one record each', async () =>
  openJsonlStore({ home: await newHome(), clock, segmentBytes: 1 }),
);
foldingContract('files', async () =>
  openJsonlStore({ home: await newHome(), clock, recent: 1, foldAtLeast: 1 }),
);

async function homeWith(types: readonly string[]): Promise<string> {
  const home = await newHome();
  const log = await (await openJsonlStore({ home, clock })).open('lobby');
  for (const type of types) await log.append([{ type }]).durable;
  await log.close();
  return home;
}

async function reopened(home: string) {
  return (await openJsonlStore({ home, clock })).open('lobby');
}

test('keeps events and the epoch over a restart, also across segments', async () => {
  const home = await newHome();
  const first = await openJsonlStore({ home, clock, segmentBytes: 200 });
  const log = await first.open('lobby');
  for (let n = 1; n <= 50; n++) await log.append([{ type: 'tick', n }]).durable;
  await log.close();
  const second = await openJsonlStore({ home, clock, segmentBytes: 200 });
  const again = await second.open('lobby');
  expect(second.epoch).toBe(first.epoch);
  expect((await again.read(0, 100)).map((e) => e['n'])).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
  expect((await readdir(folder(home))).length).toBeGreaterThan(5);
});

test('reads few large events at a time, so that a reader that waits holds little, and all of them in the end', async () => {
  const home = await newHome();
  const log = await (await openJsonlStore({ home, clock })).open('lobby');
  const text = 'x'.repeat(100_000);
  for (let n = 1; n <= 20; n++) await log.append([{ type: 'tick', text }]).durable;
  await log.close();
  const again = await reopened(home);
  const sizes: number[] = [];
  for (let after = 0; after < again.head; after += sizes.at(-1) ?? 0) {
    sizes.push((await again.read(after, 500)).length);
  }
  expect(sizes).toEqual([4, 4, 4, 4, 4]);
});

test('cuts a torn end, keeps the cut bytes beside the log and goes on with the next id', async () => {
  const home = await homeWith(['a', 'b']);
  await appendFile(segment(home), '[{"type":"c","id":3,"at":1}]\tdead');
  const log = await reopened(home);
  await log.append([{ type: 'd' }]).durable;
  expect((await log.read(0, 10)).map((e) => [e.id, e.type])).toEqual([
    [1, 'a'],
    [2, 'b'],
    [3, 'd'],
  ]);
  const torn = (await readdir(folder(home))).find((name) => name.includes('.torn-'));
  expect(await readFile(join(folder(home), torn ?? ''), 'utf8')).toContain('"c"');
});

test('an append is on disk whole or not at all', async () => {
  const home = await newHome();
  const log = await (await openJsonlStore({ home, clock })).open('lobby');
  await log.append([{ type: 'a' }]).durable;
  await log.append([{ type: 'b' }, { type: 'c' }]).durable;
  await log.close();
  const bytes = await readFile(segment(home));
  for (let cut = 1; cut < 40; cut++) {
    await writeFile(segment(home), bytes.subarray(0, bytes.length - cut));
    const again = await reopened(home);
    expect(again.head).toBe(1);
    await again.close();
  }
});

test('a record of no events between others is no damage', async () => {
  const home = await homeWith(['a']);
  await appendFile(segment(home), encodeRecord([]));
  await appendFile(segment(home), encodeRecord([{ id: 2, at: 1, type: 'b' }]));
  const log = await reopened(home);
  expect([log.damaged, log.head]).toEqual([false, 2]);
});

test('damage in the middle makes the log read-only, readable up to there', async () => {
  const home = await homeWith(['a', 'b', 'c']);
  const bytes = await readFile(segment(home), 'utf8');
  await writeFile(segment(home), bytes.replace('"b"', '"x"'));
  const log = await reopened(home);
  expect(log.damaged).toBe(true);
  expect((await log.read(0, 10)).map((e) => e.type)).toEqual(['a']);
  await expect(log.append([{ type: 'd' }]).durable).rejects.toMatchObject({
    code: 'log_damaged',
  });
});

test('files are for the owner only', async () => {
  const home = await homeWith(['a']);
  expect((await stat(segment(home))).mode & 0o777).toBe(0o600);
  expect((await stat(folder(home))).mode & 0o777).toBe(0o700);
  expect((await stat(join(home, 'epoch'))).mode & 0o777).toBe(0o600);
});
