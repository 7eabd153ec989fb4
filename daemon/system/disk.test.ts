// The disk under the home, with a real file system's answers and a clock of the test's own. What a full disk does is tested where
// one can be had: store/storage-faults.integration.test.ts.
import { mkdtempSync, rmSync, statfsSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Clock } from '../ports.ts';
import { AppError } from '../protocol/errors.ts';
import { until } from '../testing/until.ts';
import { reserveOf, watchDisk } from './disk.ts';

const still: Clock = { now: () => 0, today: () => '', monotonic: () => 0, after: () => () => undefined };
const refusal = (code: string) => Object.assign(new Error(code), { code, syscall: 'write' });
const sizeOfReserve = (home: string) => statSync(reserveOf(home), { throwIfNoEntry: false })?.size;

async function watched() {
  const home = mkdtempSync(join(tmpdir(), 'porchlight-watched-'));
  const disk = watchDisk({ home, clock: still });
  const told: (string | undefined)[] = [];
  disk.watch(() => told.push(disk.trouble?.code));
  const { blocks, bsize } = statfsSync(home);
  await until(
    'the reserve',
    () => sizeOfReserve(home) === Math.min(2 ** 24, Math.floor((blocks * bsize) / 8)),
  );
  return { home, disk, told };
}

test('a full disk costs the reserve, and is told once; with room again the reserve is back', async () => {
  const { home, disk, told } = await watched();
  const size = sizeOfReserve(home);
  const blamed = await disk.blame(refusal('ENOSPC'));
  await disk.blame(refusal('ENOSPC'));
  expect([blamed instanceof AppError && blamed.code, sizeOfReserve(home)]).toEqual(['disk_full', undefined]);
  expect(await disk.look()).toBeUndefined();
  expect([told, sizeOfReserve(home)]).toEqual([['disk_full', undefined], size]);
});

test('a disk that can only be read is told with the folder and what to do, and is over when a file can be written', async () => {
  const { home, disk, told } = await watched();
  await disk.blame(refusal('EROFS'));
  expect(disk.trouble?.message).toContain(`${home}: its disk can only be read. Make it writable again.`);
  expect(await disk.look()).toBeUndefined();
  expect(told).toEqual(['disk_failed', undefined]);
});

test('trouble stays as long as the folder is gone', async () => {
  const { home, disk } = await watched();
  await disk.blame(refusal('EIO'));
  rmSync(home, { recursive: true });
  expect((await disk.look())?.message).toContain('gone');
});

test('what is no fault of the disk stays what it is', async () => {
  const { disk } = await watched();
  const refused = new AppError('log_damaged');
  const elsewhere = Object.assign(new Error('x'), { code: 'ENOENT', syscall: 'spawn claude' });
  for (const error of [refused, elsewhere, new TypeError('a bug')])
    expect(await disk.blame(error)).toBe(error);
  expect(disk.trouble).toBeUndefined();
});
