// The short form of `npm run kills`, for every test run.
import { expect, test } from 'vitest';
import { runKills } from './run.ts';

test('three kills in mid-turn lose nothing of what the real Claude says (seed 5)', async () => {
  const { violations, figures } = await runKills({ count: 3, seed: '5', progress: () => undefined });
  expect({ violations, kills: figures['kills'] }).toEqual({ violations: [], kills: 3 });
});
