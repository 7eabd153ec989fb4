// Following a file that somebody else writes: every line once, whatever the pieces it comes in.
import { appendFile, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SpoolLine } from '../ports.ts';
import { followLines } from './spool.ts';

async function newSpool(content: string | Buffer = '') {
  const path = join(await mkdtemp(join(tmpdir(), 'porchlight-spool-')), 'spool');
  await writeFile(path, content);
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const stop = new AbortController();
  const read = (from = 0) => followLines({ path, from, ended, signal: stop.signal });
  return { path, end, stop, read };
}

async function all(lines: AsyncIterable<SpoolLine>): Promise<SpoolLine[]> {
  const read: SpoolLine[] = [];
  for await (const line of lines) read.push(line);
  return read;
}

test('lines that are there and lines that come later are given once, with the offset behind each', async () => {
  const { path, end, read } = await newSpool('one\ntwo\n');
  const lines = read();
  expect((await lines.next()).value).toEqual({ text: 'one', end: 4 });
  expect((await lines.next()).value).toEqual({ text: 'two', end: 8 });
  const third = lines.next();
  await appendFile(path, 'thr');
  await appendFile(path, 'ee\nfour');
  expect((await third).value).toEqual({ text: 'three', end: 14 });
  end();
  expect(await all(lines)).toEqual([{ text: 'four', end: 18 }]);
});

test('reading on from any offset gives exactly the lines behind it', async () => {
  const { end, read } = await newSpool('a\nbb\n\nccc\n');
  end();
  const whole = await all(read());
  expect(whole.map((line) => line.text)).toEqual(['a', 'bb', '', 'ccc']);
  for (const [index, line] of whole.entries())
    expect(await all(read(line.end))).toEqual(whole.slice(index + 1));
});

test('a letter of several bytes that is cut between two writes comes out whole', async () => {
  const bytes = Buffer.from('grüße 🏮\n');
  const { path, end, read } = await newSpool();
  const lines = all(read());
  for (const byte of bytes) await appendFile(path, Buffer.from([byte]));
  end();
  expect(await lines).toEqual([{ text: 'grüße 🏮', end: bytes.length }]);
});

test('a line of 32 MB and bytes that are no UTF-8 do no harm', async () => {
  const long = 'x'.repeat(32 * 1024 * 1024);
  const { end, read } = await newSpool(
    Buffer.concat([Buffer.from(`${long}\n`), Buffer.from([0xff, 0xfe, 0x0a])]),
  );
  end();
  const [first, second] = await all(read());
  expect([first?.text.length, second?.text]).toEqual([long.length, '\ufffd\ufffd']);
});

test('a reader that is stopped lets go, also while it waits', async () => {
  const { stop, read } = await newSpool('one\n');
  const lines = read();
  await lines.next();
  const waiting = lines.next();
  stop.abort();
  expect(await waiting).toEqual({ done: true, value: undefined });
});
