import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findInstallation } from './installation.ts';

const folder = mkdtempSync(join(tmpdir(), 'porchlight-installation-'));
const programAt = (place: string) => {
  const program = join(folder, place, 'dist/porchlight.js');
  mkdirSync(dirname(program), { recursive: true });
  return program;
};

test('how the program came here is seen from where it lies', () => {
  mkdirSync(join(folder, 'lib/node_modules/linked/.git'), { recursive: true });
  expect(
    Object.fromEntries(
      [
        'lib/node_modules/porchlight',
        'lib/node_modules/linked',
        'src/porchlight',
        '.npm/_npx/12ab/node_modules/porchlight',
        'site/node_modules/porchlight',
      ].map((place) => [place, findInstallation(programAt(place)).kind]),
    ),
  ).toEqual({
    'lib/node_modules/porchlight': 'global',
    'lib/node_modules/linked': 'checkout',
    'src/porchlight': 'checkout',
    '.npm/_npx/12ab/node_modules/porchlight': 'npx',
    'site/node_modules/porchlight': 'local',
  });
});
