// The short form of `npm run fuzz`, for every test run. The long form is for releases.
import { expect, test } from 'vitest';
import { runFuzz } from './run.ts';

test('nothing that comes over WebSocket or HTTP makes the daemon fail (seed 1)', async () => {
  const { violations } = await runFuzz({ seed: 1, frames: 1200, requests: 150, lanes: 1 });
  expect(violations).toEqual([]);
});
