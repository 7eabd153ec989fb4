// The short form of `npm run chaos`, for every test run: a few kills and power cuts, and one planted fault to see that the
// checker sees. The long form is for releases.
import { expect, test } from 'vitest';
import type { MutantName } from './mutants.ts';
import { preparePrograms } from './programs.ts';
import { runChaos } from './run.ts';

async function short(seed: string, kills: number, mutant?: MutantName) {
  const programs = await preparePrograms(mutant);
  try {
    return await runChaos({ seed, kills, programs, progress: () => undefined, keep: 'remove' });
  } finally {
    await programs.remove();
  }
}

test('nothing is lost and nothing is doubled over kills, power cuts and a bad network (seed 11)', async () => {
  expect((await short('11', 8)).violations).toEqual([]);
});

test('a daemon that takes a message twice is found out (seed 7)', async () => {
  const { violations } = await short('7', 10, 'no-dedupe');
  expect(violations).toContainEqual(expect.stringMatching(/is in the log \d times/));
});
