// When a build is stale: when a source has other content, not when it was touched.
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { hashOfSources, isBuilt, markBuilt } from './freshness.mjs';

let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'freshness-'));
  mkdirSync(join(root, 'daemon'));
  writeFileSync(join(root, 'daemon/main.ts'), '1');
  markBuilt(root, hashOfSources(root));
});

afterEach(() => rmSync(root, { recursive: true }));

test('nothing is built in a fresh clone', () => {
  rmSync(join(root, 'dist'), { recursive: true });
  expect(isBuilt(root)).toBe(false);
});

test.each([
  {
    change: 'a source with other content',
    isStale: true,
    act: () => writeFileSync(join(root, 'daemon/main.ts'), '2'),
  },
  { change: 'a new source', isStale: true, act: () => writeFileSync(join(root, 'daemon/new.ts'), '') },
  {
    change: 'a source that was only touched',
    isStale: false,
    act: () => utimesSync(join(root, 'daemon/main.ts'), 9, 9),
  },
  { change: 'a new test', isStale: false, act: () => writeFileSync(join(root, 'daemon/main.test.ts'), '') },
])('$change makes the build stale: $isStale', ({ act, isStale }) => {
  act();
  expect(!isBuilt(root)).toBe(isStale);
});
