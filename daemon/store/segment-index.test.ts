// The index of a segment only saves time: with it, without it and with a wrong one a log opens to the same events.
import { copyFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { systemClock as clock } from '../system/clock.ts';
import { openJsonlStore } from './jsonl-store.ts';
import { encodeRecord } from './record.ts';

const count = 2500;

async function homeWithIndex(): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'porchlight-index-'));
  const records = Array.from({ length: count }, (_, n) =>
    encodeRecord([{ type: 'tick', n, id: n + 1, at: 0 }]),
  );
  await mkdir(join(home, 'lobby', 'log'), { recursive: true });
  await writeFile(file(home, '00000001.jsonl'), Buffer.concat(records));
  await read(home);
  return home;
}

const file = (home: string, name: string) => join(home, 'lobby', 'log', name);

async function read(home: string): Promise<{ damaged: boolean; numbers: unknown[] }> {
  const log = await (await openJsonlStore({ home, clock })).open('lobby');
  const events = await log.read(0, count * 2);
  await log.close();
  return { damaged: log.damaged, numbers: events.map((event) => event['n']) };
}

const all = Array.from({ length: count }, (_, n) => n);

test('a long log gets an index when it is opened, and opens with it to the same events', async () => {
  const home = await homeWithIndex();
  expect(await readdir(join(home, 'lobby', 'log'))).toEqual(['00000001.index', '00000001.jsonl']);
  expect(await read(home)).toEqual({ damaged: false, numbers: all });
});

test('what was appended behind the index is found', async () => {
  const home = await homeWithIndex();
  const log = await (await openJsonlStore({ home, clock })).open('lobby');
  await log.append([
    { type: 'tick', n: count },
    { type: 'tick', n: count + 1 },
  ]).durable;
  await log.close();
  expect(await read(home)).toEqual({ damaged: false, numbers: [...all, count, count + 1] });
});

test('an index that is damaged, cut or of another file is ignored', async () => {
  const home = await homeWithIndex();
  const good = await readFile(file(home, '00000001.index'));
  const flipped = Buffer.from(good);
  flipped[good.length >> 1] = (flipped[good.length >> 1] ?? 0) ^ 1;
  for (const bytes of [flipped, good.subarray(0, 50), Buffer.alloc(0)]) {
    await writeFile(file(home, '00000001.index'), bytes);
    expect(await read(home)).toEqual({ damaged: false, numbers: all });
  }
});

test('damage that the index covers is seen', async () => {
  const home = await homeWithIndex();
  await copyFile(file(home, '00000001.jsonl'), file(home, 'before'));
  const text = await readFile(file(home, '00000001.jsonl'), 'utf8');
  await writeFile(file(home, '00000001.jsonl'), text.replace('"n":1000,', '"n":9999,'));
  expect(await read(home)).toEqual({ damaged: true, numbers: all.slice(0, 1000) });
  await rm(file(home, '00000001.jsonl'));
  await copyFile(file(home, 'before'), file(home, '00000001.jsonl'));
  expect(await read(home)).toEqual({ damaged: false, numbers: all });
});

test('a log that was cut shorter than its index opens to what is left', async () => {
  const home = await homeWithIndex();
  const bytes = await readFile(file(home, '00000001.jsonl'));
  const cut = bytes.indexOf('"n":2000,');
  await writeFile(file(home, '00000001.jsonl'), bytes.subarray(0, bytes.lastIndexOf('\n', cut) + 1));
  expect(await read(home)).toEqual({ damaged: false, numbers: all.slice(0, 2000) });
});
