// `npm run chaos -- [--seed N] [--kills N] [--mutant NAME] [--keep]`: proves, or disproves, that nothing is lost and nothing is doubled.
// Prints the seed first; the same seed makes the same choices. Needs a build. Ends with 1 at a violation.
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { isMutant, mutants } from './mutants.ts';
import { preparePrograms } from './programs.ts';
import { runChaos } from './run.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    kills: { type: 'string' },
    mutant: { type: 'string' },
    keep: { type: 'boolean' },
  },
});
const seed = values.seed ?? String(randomInt(1_000_000));
const kills = Number(values.kills ?? 60);
const { mutant } = values;
const command = `npm run chaos -- --seed ${seed} --kills ${kills}${mutant === undefined ? '' : ` --mutant ${mutant}`}`;
console.log(`seed ${seed}: ${command}`);
if (!existsSync('dist/porchlight.js')) throw new Error('dist/porchlight.js is missing: run npm run build');
if (mutant !== undefined && !isMutant(mutant))
  throw new Error(`there is no mutant ${mutant}; there are ${Object.keys(mutants).join(', ')}`);

const programs = await preparePrograms(mutant);
const { violations, atKill, figures, folder } = await runChaos({
  seed,
  kills,
  programs,
  progress: console.log,
  keep: values.keep ? 'keep' : 'remove',
});
await programs.remove();
for (const [what, figure] of Object.entries(figures)) console.log(`${what.padEnd(16)} ${figure}`);
const [first] = violations;
if (first === undefined) console.log('nothing lost, nothing doubled');
else {
  console.log(`VIOLATION ${atKill === undefined ? 'at the end' : `at kill ${atKill}`}: ${first}`);
  for (const more of violations.slice(1, 12)) console.log(`  and: ${more}`);
  console.log(`again with: ${command}`);
  if (values.keep) console.log(`kept: ${folder}`);
  process.exitCode = 1;
}
