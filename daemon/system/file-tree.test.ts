import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileTree } from './file-tree.ts';

test('what cannot be there is not found, whatever makes it impossible', async () => {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'porchlight-tree-')));
  expect(await fileTree.find(folder)).toMatchObject({ path: folder, isFolder: true });
  for (const name of ['nothing', '\0', 'a\0b', 'x'.repeat(300), 'nothing/below']) {
    expect(await fileTree.find(join(folder, name))).toBe(undefined);
  }
  rmSync(folder, { recursive: true });
});
