// What a log does when single calls to the disk fail: the real calls, made to fail once. What was refused must leave no trace
// that a later start takes for damage, and the log must go on as soon as the disk does.
import { type FileHandle, mkdtemp, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { systemClock as clock } from '../system/clock.ts';
import { openDocument } from './documents.ts';
import { openJsonlStore } from './jsonl-store.ts';

const id = '00000000-0000-4000-8000-000000000000';
type Call = 'sync' | 'datasync' | 'truncate' | 'writeFile';
let restore: (() => void)[] = [];
afterEach(() => {
  for (const undo of restore) undo();
  restore = [];
});

/** The next such call of any file, or one so many later, fails as a broken disk lets it. */
async function failNext(call: Call, later = 0): Promise<void> {
  const probe = await open('/dev/null', 'r');
  const prototype = Object.getPrototypeOf(probe) as FileHandle;
  await probe.close();
  const real = prototype[call];
  const undo = () => Object.assign(prototype, { [call]: real });
  restore.push(undo);
  let left = later;
  const fail = async function failing(this: FileHandle, ...args: never[]) {
    left -= 1;
    if (left >= 0) return (real as (...all: never[]) => Promise<void>).apply(this, args);
    undo();
    throw Object.assign(new Error('EIO'), { code: 'EIO', syscall: call });
  };
  Object.assign(prototype, { [call]: fail });
}

async function logOf(home: string) {
  return (await openJsonlStore({ home, clock })).open(id);
}

const newHome = () => mkdtemp(join(tmpdir(), 'porchlight-failing-'));

test('a new segment that could not be begun is begun at the next try', async () => {
  const home = await newHome();
  const log = await logOf(home);
  await log.append([{ type: 'a' }]).durable;
  await failNext('datasync');
  await expect(log.append([{ type: 'refused' }]).durable).rejects.toThrow('EIO');
  // First what cannot be taken back, then the folder.
  for (const later of [0, 1]) {
    await failNext('sync', later);
    await expect(log.append([{ type: 'refused' }]).durable).rejects.toThrow('EIO');
  }
  await log.append([{ type: 'b' }]).durable;
  await log.append([{ type: 'c' }]).durable;
  await log.close();
  const again = await logOf(home);
  expect((await again.read(0, 10)).map(({ id: n, type }) => [n, type])).toEqual([
    [1, 'a'],
    [2, 'b'],
    [3, 'c'],
  ]);
});

test('what was refused and could not be taken back at once is gone before its id is used again', async () => {
  const home = await newHome();
  const log = await logOf(home);
  await log.append([{ type: 'a' }]).durable;
  await failNext('datasync');
  await failNext('truncate');
  await expect(log.append([{ type: 'refused' }]).durable).rejects.toThrow('EIO');
  await log.append([{ type: 'b' }]).durable;
  await log.close();
  const again = await logOf(home);
  expect([again.damaged, (await again.read(0, 10)).map(({ type }) => type)]).toEqual([false, ['a', 'b']]);
});

test('a change of a document that cannot be written is taken back: who was refused is not in', async () => {
  const path = join(await newHome(), 'state.json');
  const document = await openDocument({ path, initial: { names: ['a'] }, parse: (json) => json as never });
  await failNext('writeFile');
  await expect(document.update(({ names }) => ({ names: [...names, 'refused'] }))).rejects.toThrow('EIO');
  expect(document.value.names).toEqual(['a']);
  await document.update(({ names }) => ({ names: [...names, 'b'] }));
  expect(document.value.names).toEqual(['a', 'b']);
});
