// Stops the daemon, puts another version in the place of this one and starts that; and all of it backwards when it does not come up.
// Neither settings nor conversations are touched by it.
import { join } from 'node:path';
import { formatOf, storeFormat } from '../../store/store-identity.ts';
import type { Environment } from '../environment.ts';
import { CliError, exitCodes } from '../exit-codes.ts';
import { withProgress } from '../progress.ts';
import { lastWords, launch } from './launch.ts';
import { otherHomes } from './other-homes.ts';
import type { StagedVersion } from './staged-version.ts';
import { end } from './stop.ts';

/** How long a new version may take to come up, ms. */
const patienceMs = 30_000;

/** Rejects with CliError when this version is still in place. */
export async function exchange(environment: Environment, home: string, staged: StagedVersion): Promise<void> {
  const { print, version } = environment;
  await refuseOlder(home, staged);
  const words = await lastWords(home);
  const wasRunning = (await end(environment, home)) !== undefined;
  await staged.putInPlace();
  const fits = (status: { version: string }) => status.version === staged.version;
  try {
    const started = launch(environment, { home, words, fits, patienceMs });
    const status = await withProgress(environment, `Starting ${staged.version}`, started);
    print(
      `Porchlight ${staged.version} is installed (it was ${version})${wasRunning ? ', and the light is on.' : '.'}`,
    );
    if (status.working > 0) print('What Claude was working on goes on.');
    for (const other of await otherHomes(environment, home))
      print(`Another home still runs ${version}; put it right with: porchlight restart --home "${other}"`);
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    await goBack(environment, { home, staged, words, wasRunning, reason: error.message });
  }
  // It was tried; whoever had put the light out finds it out.
  if (!wasRunning) await end(environment, home);
}

async function goBack(
  environment: Environment,
  options: {
    home: string;
    staged: StagedVersion;
    words: readonly string[];
    wasRunning: boolean;
    reason: string;
  },
): Promise<never> {
  const { home, staged, words, wasRunning } = options;
  const { version } = environment;
  const reason = `Porchlight ${staged.version} did not come up: ${options.reason}`;
  const format = await formatOf(epochOf(home));
  if (format !== undefined && format > storeFormat)
    throw new CliError(
      exitCodes.failed,
      `${reason}\nIt has written the conversations in a new way (format ${format}) that ${version} cannot read, so it stays in place.`,
    );
  await staged.putBack();
  const fits = (status: { version: string }) => status.version === version;
  if (wasRunning)
    await withProgress(environment, `Going back to ${version}`, launch(environment, { home, words, fits }));
  throw new CliError(
    exitCodes.failed,
    `${reason}\nPorchlight ${version} is back${wasRunning ? ', and the light is on' : ''}. Nothing was lost.`,
  );
}

async function refuseOlder(home: string, staged: StagedVersion): Promise<void> {
  const format = await formatOf(epochOf(home));
  if (format === undefined || format <= staged.storeFormat) return;
  throw new CliError(
    exitCodes.failed,
    `Porchlight ${staged.version} cannot read the conversations in ${home}: they were written by a newer one (format ${format}; ` +
      `it knows ${staged.storeFormat}). Nothing was changed.`,
  );
}

function epochOf(home: string): string {
  return join(home, 'epoch');
}
