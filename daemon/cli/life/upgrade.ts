// `porchlight upgrade`: another version in the place of this one. The new daemon has half a minute to come up; if it does not, this
// version is put back and started. Settings and conversations are not touched by either; Claude's turns go on throughout.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Environment } from '../environment.ts';
import { CliError, exitCodes } from '../exit-codes.ts';
import { withProgress } from '../progress.ts';
import { findInstallation, type Installation } from './installation.ts';
import { exchange } from './exchange-version.ts';
import { isFile, lookUp } from './npm.ts';
import { stage } from './staged-version.ts';
import { isNewer } from './versions.ts';

const name = 'porchlight';

export async function upgrade(
  environment: Environment,
  options: { home: string; wanted: string | undefined; check: boolean; json: boolean },
): Promise<void> {
  const { wanted } = options;
  const installation = requireGlobal(findInstallation(environment.program), environment);
  const spec = specFor(wanted, environment);
  if (options.check || !isFile(spec)) {
    const isWanted = await consider(environment, { ...options, spec });
    if (options.check || !isWanted) return;
  }
  const staging = stage(environment, installation, spec);
  const staged = await withProgress(environment, `Getting ${wanted ?? 'the newest'}`, staging);
  const letGo = environment.holdSignals();
  try {
    await exchange(environment, options.home, staged);
  } finally {
    await staged.clear();
    letGo();
  }
}

/** Says what there is, where that was asked; false when it is not worth a change. */
async function consider(
  environment: Environment,
  { wanted, spec, check, json }: { wanted: string | undefined; spec: string; check: boolean; json: boolean },
): Promise<boolean> {
  const { version, print } = environment;
  const offered = await withProgress(environment, 'Asking npm', lookUp(environment, spec));
  const isNew = isNewer(offered, version);
  if (check && json) print(JSON.stringify({ current: version, offered, isNew }));
  else if (!isNew && wanted === undefined) print(`Porchlight ${version} is the newest there is.`);
  else if (check && offered === version) print(`That is Porchlight ${version}, which is installed.`);
  else if (check)
    print(
      `This is Porchlight ${version}, that would be ${offered}: ${['porchlight upgrade', wanted].join(' ').trim()}`,
    );
  return isNew || wanted !== undefined;
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
