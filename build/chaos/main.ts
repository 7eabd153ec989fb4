// `npm run chaos -- [--seed N] [--kills N] [--mutant NAME|all] [--keep]`: proves, or disproves, that nothing is lost and nothing is
// doubled. Prints the seed first; the same seed makes the same choices. Needs a build. Ends with 1 at a violation; with
// `--mutant all` it ends with 1 unless every planted fault is found. `--model N` runs N sequences against the model instead.
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { checkModel } from '../../daemon/testing/conversation-model.ts';
import { isMutant, type MutantName, mutants } from './mutants.ts';
import { preparePrograms } from './programs.ts';
import { type ChaosResult, runChaos } from './run.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    kills: { type: 'string' },
    mutant: { type: 'string' },
    keep: { type: 'boolean' },
    model: { type: 'string' },
  },
});
const seed = values.seed ?? String(randomInt(1_000_000));
if (values.model !== undefined) {
  console.log(`seed ${seed}: npm run chaos -- --model ${values.model} --seed ${seed}`);
  await checkModel({ runs: Number(values.model), seed: Number(seed) });
  console.log('every log was what was sent');
  process.exit(0);
}
const kills = Number(values.kills ?? 60);
const { mutant } = values;
const command = `npm run chaos -- --seed ${seed} --kills ${kills}${mutant === undefined ? '' : ` --mutant ${mutant}`}`;
console.log(`seed ${seed}: ${command}`);
if (!existsSync('dist/porchlight.js')) throw new Error('dist/porchlight.js is missing: run npm run build');
if (mutant === 'all') await findAll();
else if (mutant === undefined || isMutant(mutant)) tell(await run(mutant));
else throw new Error(`there is no mutant ${mutant}; there are ${Object.keys(mutants).join(', ')}`);

async function run(name: MutantName | undefined): Promise<ChaosResult> {
  const programs = await preparePrograms(name);
  const keep = values.keep ? 'keep' : 'remove';
  try {
    return await runChaos({ seed, kills, programs, progress: console.log, keep });
  } finally {
    await programs.remove();
  }
}

function tell({ violations, atKill, figures, folder }: ChaosResult): void {
  for (const [what, figure] of Object.entries(figures)) console.log(`${what.padEnd(16)} ${figure}`);
  const [first, ...more] = violations;
  if (first === undefined) return console.log('nothing lost, nothing doubled');
  console.log(`VIOLATION ${momentOf(atKill)}: ${first}`);
  for (const violation of more.slice(0, 10)) console.log(`  and: ${violation}`);
  console.log(`again with: ${command}`);
  if (values.keep) console.log(`kept: ${folder}`);
  process.exitCode = 1;
}

async function findAll(): Promise<void> {
  for (const name of Object.keys(mutants).filter(isMutant)) {
    const { violations, atKill } = await run(name);
    const [first] = violations;
    console.log(
      `${name}: ${first === undefined ? 'NOT FOUND' : `found ${momentOf(atKill)}: ${first.slice(0, 200)}`}`,
    );
    if (first === undefined) process.exitCode = 1;
  }
}

function momentOf(atKill: number | undefined): string {
  return atKill === undefined ? 'at the end' : `at kill ${atKill}`;
}
