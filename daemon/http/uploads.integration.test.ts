// Files on their way to the computer, over the real server: pieces, cut connections, restarts, and everything that is refused.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDaemonClient } from '../testing/daemon-client.ts';
import { pngOf } from '../testing/pictures.ts';
import { announce, offsetOf, sendFile, sendPart } from '../testing/send-file.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';
import { until } from '../testing/until.ts';

let daemon: TestDaemon;
let conversationId: string;

beforeAll(async () => {
  daemon = await startTestDaemon({ env: { PORCHLIGHT_MAX_UPLOAD_MIB: '1' } });
  ({ conversationId } = await daemon.client.command('conversation.create', { cwd: daemon.project }));
});

afterAll(() => daemon.close());

const folder = () => join(daemon.home, 'conversations', conversationId, 'uploads');
const letters = (count: number) => Buffer.from('0123456789abcdef'.repeat(count / 16));
const announced = (name: string, size: number) => announce(daemon.client, { conversationId, name, size });
const part = (uploadId: string, offset: number, bytes: Uint8Array, cutAt?: number) =>
  sendPart(daemon.client, { conversationId, uploadId }, { offset, bytes, ...(cutAt ? { cutAt } : {}) });
const progress = (uploadId: string) => offsetOf(daemon.client, { conversationId, uploadId });
const fetchBack = (uploadId: string) => daemon.client.fetch(`/api/uploads/${conversationId}/${uploadId}`);

test('a file comes in pieces, and is given back byte for byte', async () => {
  const bytes = letters(3000 * 16);
  const uploadId = await announced('notes.txt', bytes.length);
  expect(await part(uploadId, 0, bytes.subarray(0, 20_000))).toMatchObject({ status: 200, offset: 20_000 });
  const last = await part(uploadId, 20_000, bytes.subarray(20_000));
  expect(last?.body.result).toEqual({
    offset: bytes.length,
    attachment: { uploadId, name: 'notes.txt', mediaType: 'text/plain', size: bytes.length },
  });
  expect(await fetchBack(uploadId)).toMatchObject({ status: 200, body: bytes.toString('latin1') });
  expect(statSync(join(folder(), uploadId)).mode & 0o777).toBe(0o600);
});

test('a connection that breaks at half costs nothing that had come: it goes on from there', async () => {
  const bytes = letters(32_000 * 16);
  const uploadId = await announced('half.txt', bytes.length);
  expect(await part(uploadId, 0, bytes, bytes.length / 2)).toBeUndefined();
  await until('bytes to be there', async () => (await progress(uploadId)) > 0);
  // Whatever the old connection still brings, the new one is right.
  let offset = await progress(uploadId);
  let answer = await part(uploadId, offset, bytes.subarray(offset));
  while (answer?.body.error?.code === 'upload_moved') {
    offset = await progress(uploadId);
    answer = await part(uploadId, offset, bytes.subarray(offset));
  }
  expect(offset).toBeLessThanOrEqual(bytes.length / 2);
  expect(answer).toMatchObject({ status: 200, offset: bytes.length });
  expect((await fetchBack(uploadId)).body).toBe(bytes.toString('latin1'));
});

test('a daemon that is killed in between goes on where it was', async () => {
  const bytes = letters(2000 * 16);
  const uploadId = await announced('restart.txt', bytes.length);
  await part(uploadId, 0, bytes.subarray(0, 12_345));
  await daemon.stop('SIGKILL');
  await daemon.start();
  expect(await progress(uploadId)).toBe(12_345);
  expect(await part(uploadId, 12_345, bytes.subarray(12_345))).toMatchObject({ offset: bytes.length });
  expect((await fetchBack(uploadId)).body).toBe(bytes.toString('latin1'));
});

test('a piece for another place is refused, and changes nothing', async () => {
  const uploadId = await announced('a.txt', 100);
  await part(uploadId, 0, letters(32));
  for (const offset of [0, 31, 33])
    expect(await part(uploadId, offset, letters(16))).toMatchObject({
      status: 409,
      body: { error: { code: 'upload_moved' } },
    });
  expect(await progress(uploadId)).toBe(32);
});

test('too large, empty, and more than was announced are refused', async () => {
  const tooLarge = await daemon.client.fetch('/api/uploads', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ conversationId, name: 'film.mp4', size: 2 ** 20 + 1 }),
  });
  expect([tooLarge.status, JSON.parse(tooLarge.body).error]).toEqual([
    413,
    { code: 'too_large', message: 'This file is too large: the computer takes up to 1 MiB.' },
  ]);
  expect(await announced('film.mp4', 2 ** 20)).toMatch(/^[0-9a-f]{32}$/);
  expect(await announced('nothing.txt', 0)).toBe('empty_file');
  const uploadId = await announced('small.txt', 10);
  expect(await part(uploadId, 0, letters(16))).toMatchObject({ status: 400 });
  expect(await progress(uploadId)).toBe(0);
});

test('what a file is says its content, never its name', async () => {
  const claims = {
    'photo.txt': { bytes: pngOf({ width: 3, height: 2 }), mediaType: 'image/png', width: 3, height: 2 },
    'page.png': { bytes: Buffer.from('<!doctype html><script>alert(1)</script>'), mediaType: 'text/plain' },
    'drawing.svg': {
      bytes: Buffer.from('<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>'),
      mediaType: 'text/plain',
    },
    'report.jpg': { bytes: Buffer.from('%PDF-1.4\n%\u00e2\n'), mediaType: 'application/pdf' },
    'data.txt': { bytes: Buffer.from([0, 1, 2, 250, 251, 252]), mediaType: 'application/octet-stream' },
  };
  for (const [name, { bytes, ...facts }] of Object.entries(claims)) {
    const uploadId = await announced(name, bytes.length);
    const answer = await part(uploadId, 0, bytes);
    const attachment = { uploadId, name, size: bytes.length, ...facts };
    expect(answer?.body.result).toEqual({ offset: bytes.length, attachment });
  }
});

test('what is given back is data: pictures are shown, anything else is only kept', async () => {
  const bytes = Buffer.from('<!doctype html><script>alert(1)</script>');
  const page = await sendFile(daemon.client, { conversationId, name: 'pä"ge\n.html', bytes });
  const given = await fetchBack(page);
  expect(given.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="p__ge .html"; filename*=UTF-8''p%C3%A4%22ge%20.html`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
    'cache-control': 'no-store',
  });
  const photo = await sendFile(daemon.client, {
    conversationId,
    name: 'a.png',
    bytes: pngOf({ width: 2, height: 2 }),
  });
  expect((await fetchBack(photo)).headers).toMatchObject({
    'content-type': 'image/png',
    'content-disposition': expect.stringMatching(/^inline;/),
  });
});

test('a name is words for a person, never a path', async () => {
  for (const name of [
    '../../../../etc/passwd',
    '..／..／x',
    '/',
    '..',
    'a\u202e\u0000b.txt',
    `${'x'.repeat(400)}.png`,
  ]) {
    const uploadId = await sendFile(daemon.client, { conversationId, name, bytes: letters(16) });
    const kept = JSON.parse(readFileSync(join(folder(), `${uploadId}.pending.json`), 'utf8'));
    expect(kept.name).toMatch(/^[^/\\\p{Cc}\p{Cf}]{1,255}$/u);
  }
  expect(readdirSync(folder()).filter((name) => !/^[0-9a-f]{32}(\.pending\.json)?$/.test(name))).toEqual([]);
});

test('an upload is its device’s and its conversation’s alone', async () => {
  const { stdout } = await daemon.run('token', 'create', '--name', 'other', '--json');
  const other = createDaemonClient({ url: daemon.url, home: daemon.home, token: JSON.parse(stdout).token });
  const uploadId = await announced('mine.txt', 32);
  const place = { conversationId, uploadId };
  expect(await offsetOf(other, place)).toBe(-1);
  expect(await sendPart(other, place, { offset: 0, bytes: letters(16) })).toMatchObject({ status: 404 });
  expect((await other.fetch(`/api/uploads/${conversationId}/${uploadId}`, { method: 'DELETE' })).status).toBe(
    404,
  );
  const elsewhere = await daemon.client.command('conversation.create', { cwd: daemon.project });
  expect(await offsetOf(daemon.client, { ...elsewhere, uploadId })).toBe(-1);
  expect(await announce(daemon.client, { conversationId: crypto.randomUUID(), name: 'a', size: 1 })).toBe(
    'conversation_not_found',
  );
  expect(await offsetOf(daemon.client, place)).toBe(0);
});

test('without a token nothing is taken, and a device that may only read sends nothing', async () => {
  const stranger = createDaemonClient({ url: daemon.url, home: daemon.home, token: 'plt_wrong' });
  expect(await announce(stranger, { conversationId, name: 'a', size: 1 })).toBe('unauthenticated');
  const { stdout } = await daemon.run('token', 'create', '--name', 'reader', '--scopes', 'read', '--json');
  const reader = createDaemonClient({ url: daemon.url, home: daemon.home, token: JSON.parse(stdout).token });
  expect(await announce(reader, { conversationId, name: 'a', size: 1 })).toBe('forbidden');
  const uploadId = await sendFile(daemon.client, { conversationId, name: 'a', bytes: letters(16) });
  expect((await reader.fetch(`/api/uploads/${conversationId}/${uploadId}`)).status).toBe(200);
  expect((await stranger.fetch(`/api/uploads/${conversationId}/${uploadId}`)).status).toBe(401);
});

test('a device that sends more than it may keep open is told so; what it drops makes room', async () => {
  const { stdout } = await daemon.run('token', 'create', '--name', 'greedy', '--json');
  const greedy = createDaemonClient({ url: daemon.url, home: daemon.home, token: JSON.parse(stdout).token });
  const size = 2 ** 20;
  const ids: string[] = [];
  for (let n = 0; n < 20; n++) ids.push(await announce(greedy, { conversationId, name: 'big', size }));
  expect(await announce(greedy, { conversationId, name: 'big', size })).toBe('too_many_uploads');
  const path = `/api/uploads/${conversationId}/${ids[0]}`;
  expect((await greedy.fetch(path, { method: 'DELETE' })).status).toBe(200);
  expect(existsSync(join(folder(), String(ids[0])))).toBe(false);
  expect(await announce(greedy, { conversationId, name: 'big', size })).toMatch(/^[0-9a-f]{32}$/);
});

test('a deleted conversation takes its files with it', async () => {
  const gone = await daemon.client.command('conversation.create', { cwd: daemon.project });
  const uploadId = await sendFile(daemon.client, { ...gone, name: 'a', bytes: letters(16) });
  await daemon.client.command('conversation.delete', gone);
  expect(existsSync(join(daemon.home, 'conversations', gone.conversationId))).toBe(false);
  expect((await daemon.client.fetch(`/api/uploads/${gone.conversationId}/${uploadId}`)).status).toBe(404);
});

test('a message has files by their ids alone, never by a path', async () => {
  const uploadId = await sendFile(daemon.client, { conversationId, name: 'a.txt', bytes: letters(16) });
  for (const id of [`./${uploadId}`, '../../../config', `${uploadId}\u0000`, ''])
    await expect(
      daemon.client.command('message.send', {
        ...{ conversationId, clientId: crypto.randomUUID(), text: 'x', attachments: [id] },
      }),
    ).rejects.toThrow('bad_request');
});
