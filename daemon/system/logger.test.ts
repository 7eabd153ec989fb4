import { mkdtempSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { until } from '../testing/until.ts';
import { openLogger } from './logger.ts';

const newFolder = () => mkdtempSync(join(tmpdir(), 'porchlight-logger-'));

test('each entry is a line in its order, and only the owner may read them', async () => {
  const folder = newFolder();
  const path = join(folder, 'porchlight.log');
  const logger = openLogger(folder);
  for (let n = 0; n < 300; n++) logger.info(`entry ${n}`);
  const lines = () => readFileSync(path, 'utf8').split('\n').slice(0, -1);
  await until('all lines', () => lines().length === 300);
  expect(lines().map((line) => JSON.parse(line).msg)).toEqual(
    Array.from({ length: 300 }, (_, n) => `entry ${n}`),
  );
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

// On Linux /dev/full is a disk with no room at all.
test.skipIf(process.platform !== 'linux')(
  'a log on a full disk costs its lines and nothing else: no error comes back to be logged, no flush waits',
  async () => {
    const folder = newFolder();
    symlinkSync('/dev/full', join(folder, 'porchlight.log'));
    const errors: unknown[] = [];
    const hear = (error: unknown) => errors.push(error);
    process.on('uncaughtException', hear);
    const logger = openLogger(folder);
    for (let turn = 0; turn < 20; turn++) {
      logger.info('a line');
      await new Promise(setImmediate);
    }
    logger.flush();
    process.off('uncaughtException', hear);
    expect(errors).toEqual([]);
  },
);
