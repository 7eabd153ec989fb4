// Whoever writes the lock file with plain npm and a partial registry would break `npm ci` everywhere: seen here first.
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { completed, missingFrom } from './complete-lock.mjs';

test('the lock file has the packages of every platform; npm run lock adds them', () => {
  expect(missingFrom(JSON.parse(readFileSync('package-lock.json', 'utf8')))).toEqual([]);
});

test('a platform that npm left out is added in its place', () => {
  const optionalDependencies = { 'tool-linux-arm64-musl': '1.2.3', 'tool-win32-x64-msvc': '1.2.3' };
  const lock = { packages: { 'node_modules/tool': { optionalDependencies }, 'node_modules/zebra': {} } };
  expect(completed(lock)).toEqual({
    packages: {
      'node_modules/tool': { optionalDependencies },
      'node_modules/tool-linux-arm64-musl': {
        version: '1.2.3',
        cpu: ['arm64'],
        dev: true,
        libc: ['musl'],
        optional: true,
        os: ['linux'],
      },
      'node_modules/tool-win32-x64-msvc': {
        version: '1.2.3',
        cpu: ['x64'],
        dev: true,
        optional: true,
        os: ['win32'],
      },
      'node_modules/zebra': {},
    },
  });
});
