// The rules of uploads on a real folder, with a clock of the test's own.
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Clock } from '../ports.ts';
import type { UploadFiles } from '../ports/uploads.ts';
import { createUploadFiles } from '../system/upload-files.ts';
import { soundDisk } from '../testing/sound-disk.ts';
import { until } from '../testing/until.ts';
import { openUploads } from './uploads.ts';

const conversationId = 'c0000000-0000-4000-8000-000000000000';
const hour = 60 * 60 * 1000;
let home: string;
let files: UploadFiles;
let now: number;
let due: (() => void)[];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'porchlight-uploads-'));
  files = createUploadFiles(home, soundDisk);
  now = 0;
  due = [];
});
afterEach(() => rmSync(home, { recursive: true }));

const clock: Clock = {
  now: () => now,
  today: () => '1970-01-01',
  monotonic: () => now,
  after(_ms, action) {
    due.push(action);
    return () => {};
  },
};
let count = 0;
const open = (maxBytes = 100) =>
  openUploads({
    ...{ files, clock, maxBytes: () => maxBytes, exists: (id: string) => id === conversationId },
    newId: () => String(count++).padStart(32, '0'),
    failed(error) {
      throw error;
    },
  });
const fileOf = (uploadId: string) => join(home, 'conversations', conversationId, 'uploads', uploadId);
async function* bytes(...pieces: string[]): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield Buffer.from(piece);
}

test('what no message has after a day is removed, what one has stays', async () => {
  const uploads = await open();
  const ids: string[] = [];
  for (const text of ['unfinished', 'finished', 'in a message']) {
    const { uploadId } = await uploads.announce({ conversationId, name: text, size: text.length }, 'phone');
    const chunks = bytes(text === 'unfinished' ? 'un' : text);
    await uploads.append({ conversationId, uploadId }, { deviceId: 'phone', offset: 0, chunks });
    ids.push(uploadId);
  }
  await uploads.claim(conversationId, ids.slice(2));
  const there = () => ids.map((id) => existsSync(fileOf(id)));

  now = 23 * hour;
  const again = await open();
  await again.progress({ conversationId, uploadId: String(ids[0]) }, 'phone');
  expect(there()).toEqual([true, true, true]);
  now = 25 * hour;
  due.at(-1)?.();
  await until('the old ones to go', () => !there()[1]);
  expect(there()).toEqual([false, false, true]);
  await expect(again.progress({ conversationId, uploadId: String(ids[0]) }, 'phone')).rejects.toThrow(
    'no longer on the computer',
  );
});

test('whoever adds later is right: the earlier one ends, and what it wrote counts', async () => {
  const uploads = await open();
  const { uploadId } = await uploads.announce({ conversationId, name: 'a', size: 6 }, 'phone');
  const place = { conversationId, uploadId };
  let goOn: () => void = () => {};
  const silence = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  async function* halting(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('abc');
    await silence;
    yield Buffer.from('XYZ');
  }
  const earlier = uploads.append(place, { deviceId: 'phone', offset: 0, chunks: halting() });
  await until('the first bytes', async () => (await uploads.progress(place, 'phone')).offset === 3);
  const later = uploads.append(place, { deviceId: 'phone', offset: 3, chunks: bytes('def') });
  // The earlier one is still silent.
  expect(await earlier).toEqual({ offset: 3 });
  expect(await later).toMatchObject({ offset: 6, attachment: { size: 6 } });
  const found = await uploads.find(place);
  goOn();
  expect(Buffer.from(await found.bytes()).toString()).toBe('abcdef');
});

test('a daemon that ended before it could look at the whole file looks at it when it is asked', async () => {
  const uploads = await open();
  const { uploadId } = await uploads.announce({ conversationId, name: 'a', size: 3 }, 'phone');
  const wrote = () => {};
  const { signal } = new AbortController();
  await files.append({ conversationId, uploadId, offset: 0, end: 3, chunks: bytes('abc'), signal, wrote });
  const after = await open();
  expect(await after.progress({ conversationId, uploadId }, 'phone')).toEqual({ offset: 3, size: 3 });
  expect(await after.claim(conversationId, [uploadId])).toMatchObject([
    { uploadId, mediaType: 'text/plain' },
  ]);
});

test('of files that a message names either all are taken or none', async () => {
  const uploads = await open();
  const { uploadId } = await uploads.announce({ conversationId, name: 'a', size: 3 }, 'phone');
  const place = { conversationId, uploadId };
  await uploads.append(place, { deviceId: 'phone', offset: 0, chunks: bytes('abc') });
  await expect(uploads.claim(conversationId, [uploadId, 'f'.repeat(32)])).rejects.toThrow();
  expect(await uploads.progress(place, 'phone')).toEqual({ offset: 3, size: 3 });
});

test('more than Claude takes in one message is refused in words, and none of it is taken', async () => {
  const uploads = await open(20 * 2 ** 20);
  const ids: string[] = [];
  for (const name of ['a.gif', 'b.gif']) {
    const size = 11 * 2 ** 20;
    const { uploadId } = await uploads.announce({ conversationId, name, size }, 'phone');
    const chunks = bytes('GIF89a', '.'.repeat(size - 6));
    await uploads.append({ conversationId, uploadId }, { deviceId: 'phone', offset: 0, chunks });
    ids.push(uploadId);
  }
  await expect(uploads.claim(conversationId, ids)).rejects.toMatchObject({
    code: 'too_large',
    message:
      'Claude takes up to 20 MiB in one message, and these are 22 MiB. Take some out, or send them in two.',
  });
  expect(await uploads.claim(conversationId, ids.slice(1))).toMatchObject([{ name: 'b.gif' }]);
});
