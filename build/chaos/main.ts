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
/** Each kill is followed by a look at all that there is, so a world that grows on makes each cost more than the last. */
const killsOfAWorld = 100;
const { mutant } = values;
console.log(`seed ${seed}: ${commandOf({ seed, kills })}`);
if (!existsSync('dist/porchlight.js')) throw new Error('dist/porchlight.js is missing: run npm run build');
if (mutant === 'all') await findAll();
else if (mutant === undefined || isMutant(mutant)) await runWorlds(mutant);
else throw new Error(`there is no mutant ${mutant}; there are ${Object.keys(mutants).join(', ')}`);

/** One home after the other, until something is found; figures are those of all. */
async function runWorlds(name: MutantName | undefined): Promise<void> {
  const sums = new Map<string, number>();
  for (let world = 1, left = kills; left > 0; world++, left -= killsOfAWorld) {
    const here = { seed: world === 1 ? seed : `${seed}.${world}`, kills: Math.min(left, killsOfAWorld) };
    const result = await run(name, here);
    for (const [what, figure] of Object.entries(result.figures))
      if (typeof figure === 'number') sums.set(what, (sums.get(what) ?? 0) + figure);
    console.log(`seed ${here.seed}: ${here.kills} kills, network ${result.figures['network']}`);
    if (result.violations.length > 0) return tellViolations(result, here);
  }
  for (const [what, figure] of sums) console.log(`${what.padEnd(16)} ${figure}`);
  console.log('nothing lost, nothing doubled');
}

interface World {
  readonly seed: string;
  readonly kills: number;
}

async function run(name: MutantName | undefined, world: World): Promise<ChaosResult> {
  const programs = await preparePrograms(name);
  const keep = values.keep ? 'keep' : 'remove';
  try {
    return await runChaos({ ...world, programs, progress: console.log, keep });
  } finally {
    await programs.remove();
  }
}

function tellViolations({ violations, atKill, folder }: ChaosResult, world: World): void {
  const [first = '', ...more] = violations;
  console.log(`VIOLATION ${momentOf(atKill)}: ${first}`);
  for (const violation of more.slice(0, 10)) console.log(`  and: ${violation}`);
  console.log(`again with: ${commandOf(world)}`);
  if (values.keep) console.log(`kept: ${folder}`);
  process.exitCode = 1;
}

function commandOf(world: World): string {
  return `npm run chaos -- --seed ${world.seed} --kills ${world.kills}${mutant === undefined ? '' : ` --mutant ${mutant}`}`;
}

async function findAll(): Promise<void> {
  for (const name of Object.keys(mutants).filter(isMutant)) {
    const { violations, atKill } = await run(name, { seed, kills });
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
