// The short forms of `npm run disk`, for every test run.
import { describe, expect, test } from 'vitest';
import { noSmallDisk } from '../../daemon/testing/small-disk.ts';
import { openFailingDaemon } from './failing-run.ts';
import { runFull } from './full-run.ts';

describe(noSmallDisk === '' ? 'a small disk' : `a small disk (skipped: ${noSmallDisk})`, () => {
  test.skipIf(noSmallDisk !== '')('full three times: said, kept, and gone on by itself', async () => {
    const { violations, rounds } = await runFull(3, () => undefined);
    expect({ violations, rounds }).toEqual({ violations: [], rounds: 3 });
  });
});

test('a call to the file system that fails, at a few places: nothing acknowledged is lost, and all goes on', async () => {
  const daemon = await openFailingDaemon();
  try {
    const { calls } = await daemon.run({ at: 0, code: 'EIO', lasts: false });
    const places = [0.1, 0.4, 0.6, 0.8, 0.95].map((part) => Math.ceil(part * calls));
    const codes = ['EIO', 'ENOSPC', 'EROFS'] as const;
    const violations: string[] = [];
    for (const [index, at] of places.entries()) {
      const fault = { at, code: codes[index % 3] ?? 'EIO', lasts: index >= 3 };
      violations.push(...(await daemon.run(fault)).violations);
    }
    expect(violations).toEqual([]);
  } finally {
    await daemon.close();
  }
});
