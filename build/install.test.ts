// When packages are installed again: when what stands in node_modules is not what the lock file names.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { isInstalled } from './install.mjs';

const lock = {
  '': { version: '0.1.0' },
  'node_modules/a': { version: '1.0.0' },
  'node_modules/other-platform': { version: '1.0.0', optional: true },
};

test.each([
  { present: undefined, says: false, when: 'nothing is installed' },
  {
    present: { 'node_modules/a': { version: '1.0.0' } },
    says: true,
    when: "all but another platform's is there",
  },
  { present: { 'node_modules/a': { version: '0.9.0' } }, says: false, when: 'a version differs' },
  { present: { 'node_modules/b': { version: '1.0.0' } }, says: false, when: 'a package is missing' },
])('packages count as installed: $says, when $when', ({ present, says }) => {
  const root = mkdtempSync(join(tmpdir(), 'install-'));
  mkdirSync(join(root, 'node_modules'));
  writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: lock }));
  if (present)
    writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: present }));
  const installed = isInstalled(root);
  rmSync(root, { recursive: true });
  expect(installed).toBe(says);
});
