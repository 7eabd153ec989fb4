// The short form of `npm run chaos`, for every test run: one kill of each kind that matters most, and one planted fault to see that
// the checker sees. Both at once: most of it is waiting. The long form is for releases.
import { expect, test } from 'vitest';
import type { Kind } from './kills.ts';
import type { MutantName } from './mutants.ts';
import { preparePrograms } from './programs.ts';
import { runChaos } from './run.ts';

async function short(seed: string, order: readonly Kind[], mutant?: MutantName): Promise<readonly string[]> {
  const programs = await preparePrograms(mutant);
  const quietly = { progress: () => undefined, keep: 'remove' } as const;
  try {
    return (await runChaos({ seed, kills: order.length, order, programs, ...quietly })).violations;
  } finally {
    await programs.remove();
  }
}

test.concurrent('nothing is lost and nothing is doubled over kills, power cuts and a bad network (seed 11)', async () => {
  expect(await short('11', ['powerAtStep', 'daemon', 'step', 'power'])).toEqual([]);
});

test.concurrent('a daemon that gives an id twice is found out (seed 7)', async () => {
  const violations = await short('7', ['daemon', 'power', 'daemon'], 'id-reused');
  expect(violations).toContainEqual(expect.stringMatching(/event \d+ stands where \d+ should/));
});
