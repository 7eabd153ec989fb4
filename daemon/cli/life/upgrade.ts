// `porchlight upgrade`: another version in the place of this one. The new daemon has half a minute to come up; if it does not, this
// version is put back and started. Settings and conversations are not touched by either; Claude's turns go on throughout.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { formatOf, storeFormat } from '../../store/store-identity.ts';
import type { Environment } from '../environment.ts';
import { CliError, exitCodes } from '../exit-codes.ts';
import { withProgress } from '../progress.ts';
import { findInstallation, type Installation } from './installation.ts';
import { lastWords, launch } from './launch.ts';
import { lookUp } from './npm.ts';
import { type StagedVersion, stage } from './staged-version.ts';
import { end } from './stop.ts';
import { isNewer } from './versions.ts';

const name = 'porchlight';

export async function upgrade(
  environment: Environment,
  options: { home: string; wanted: string | undefined; check: boolean; json: boolean },
): Promise<void> {
  const { print, version, program } = environment;
  const { home, wanted } = options;
  const installation = requireGlobal(findInstallation(program), environment);
  const spec = specFor(wanted, environment);
  const offered = await withProgress(environment, 'Asking npm', lookUp(environment, spec));
  if (offered.name !== name)
    throw new CliError(exitCodes.usage, `${spec} is ${offered.name}, not Porchlight.`);
  const isNew = isNewer(offered.version, version);
  if (options.check && options.json)
    return print(JSON.stringify({ current: version, offered: offered.version, isNew }));
  if (!isNew && wanted === undefined) return print(`Porchlight ${version} is the newest there is.`);
  if (options.check)
    return print(
      `Porchlight ${offered.version} is there; this is ${version}. To install it: porchlight upgrade ${wanted ?? ''}`.trim(),
    );

  const staged = await withProgress(
    environment,
    `Getting ${offered.version}`,
    stage(environment, installation, spec),
  );
  const letGo = environment.holdSignals();
  try {
    await refuseOlder(home, staged);
    await exchange(environment, home, staged);
  } finally {
    await staged.clear();
    letGo();
  }
}

/** Stops, exchanges, starts; and all of it backwards when the new one does not come up. */
async function exchange(environment: Environment, home: string, staged: StagedVersion): Promise<void> {
  const { print, version } = environment;
  const words = await lastWords(home);
  const wasRunning = (await end(environment, home)) !== undefined;
  await staged.putInPlace();
  const fits = (status: { version: string }) => status.version === staged.version;
  try {
    const started = launch(environment, { home, words, fits });
    const status = await withProgress(environment, `Starting ${staged.version}`, started);
    print(
      `Porchlight ${staged.version} is installed (it was ${version})${wasRunning ? ', and the light is on.' : '.'}`,
    );
    if (status.working > 0) print('What Claude was working on goes on.');
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

function specFor(wanted: string | undefined, { isPrivate }: Environment): string {
  if (wanted !== undefined && /\.tgz$|\//.test(wanted)) {
    const path = resolve(wanted);
    if (!existsSync(path)) throw new CliError(exitCodes.usage, `There is no package file ${path}.`);
    return path;
  }
  if (isPrivate)
    throw new CliError(
      exitCodes.failed,
      'This Porchlight is not on any registry, so there is nothing to look for. Hand it a package file: porchlight upgrade <file>.tgz',
    );
  if (wanted !== undefined && !/^[0-9A-Za-z][0-9A-Za-z.+-]*$/.test(wanted))
    throw new CliError(
      exitCodes.usage,
      `“${wanted}” is no version. Say it like 1.2.3, or name a package file (.tgz).`,
    );
  return `${name}@${wanted ?? 'latest'}`;
}

function requireGlobal(
  installation: Installation,
  { version }: Environment,
): Extract<Installation, { kind: 'global' }> {
  if (installation.kind === 'global') return installation;
  throw new CliError(exitCodes.failed, `This is Porchlight ${version}, ${wayOf(installation)}`);
}

function wayOf(installation: Exclude<Installation, { kind: 'global' }>): string {
  const { kind, folder } = installation;
  switch (kind) {
    case 'checkout':
      return `run from its sources. For a newer one, in ${folder}: git pull, and then: npm start`;
    case 'npx':
      return 'run by npx, which gets the newest by itself: npx porchlight@latest start';
    case 'local':
      return `a package of ${installation.project}. For a newer one, there: npm install porchlight@latest`;
    default:
      return kind satisfies never;
  }
}
