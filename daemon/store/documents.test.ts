// The durable lowdb adapter: private files, whole values, clear errors.
import { mkdtemp, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDocument } from './documents.ts';

const newPath = async () => join(await mkdtemp(join(tmpdir(), 'porchlight-doc-')), 'state.json');
const open = (path: string) => openDocument<{ n: number }>({ path, initial: { n: 0 }, parse });

function parse(json: unknown): { n: number } {
  if (typeof json === 'object' && json !== null && 'n' in json && typeof json.n === 'number')
    return { n: json.n };
  throw new Error('n is missing');
}

test('many updates at once end in the last value, in one private file', async () => {
  const path = await newPath();
  const document = await open(path);
  await Promise.all(Array.from({ length: 100 }, () => document.update((v) => ({ n: v.n + 1 }))));
  expect((await open(path)).value).toEqual({ n: 100 });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await readdir(join(path, '..'))).toEqual(['state.json']);
});

test('a file that is no valid document is left as it is, and the error names it', async () => {
  const path = await newPath();
  await writeFile(path, '{"m": 1}');
  await expect(open(path)).rejects.toThrow(/state\.json cannot be read \(n is missing\)/);
  expect(await readFile(path, 'utf8')).toBe('{"m": 1}');
});
