// The epoch of a store: kept over restarts, new for a copy; a store of a newer format is refused.
import { copyFile, cp, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { NewerStore, readEpoch } from './store-identity.ts';

const newHome = () => mkdtemp(join(tmpdir(), 'porchlight-identity-'));

test('is kept over restarts', async () => {
  const path = join(await newHome(), 'epoch');
  const epoch = await readEpoch(path);
  expect(epoch).toMatch(/^[0-9a-f]{32}$/);
  expect(await readEpoch(path)).toBe(epoch);
});

test('a store put back from a copy is another one, and stays that one', async () => {
  const home = await newHome();
  const epoch = await readEpoch(join(home, 'epoch'));
  const copy = join(await newHome(), 'home');
  await cp(home, copy, { recursive: true });
  const restored = await readEpoch(join(copy, 'epoch'));
  expect(restored).not.toBe(epoch);
  expect(await readEpoch(join(copy, 'epoch'))).toBe(restored);
  expect(await readEpoch(join(home, 'epoch'))).toBe(epoch);
});

test('a file from before there were marks keeps its epoch, and can be told from a copy from then on', async () => {
  const home = await newHome();
  const path = join(home, 'epoch');
  await writeFile(path, 'a'.repeat(32));
  expect(await readEpoch(path)).toBe('a'.repeat(32));
  const copy = join(home, 'copy');
  await copyFile(path, copy);
  await copyFile(`${path}.mark`, `${copy}.mark`);
  expect(await readEpoch(copy)).not.toBe('a'.repeat(32));
});

test('a newer format is refused, and left as it is', async () => {
  const path = join(await newHome(), 'epoch');
  await writeFile(path, `${'b'.repeat(32)}\nformat 7\n`);
  const refusal = await readEpoch(path).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(NewerStore);
  expect(String(refusal)).toContain('format 7');
  expect(await readFile(path, 'utf8')).toContain('format 7');
});
