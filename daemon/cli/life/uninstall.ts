// `porchlight uninstall`: takes away what Porchlight put onto the computer, and with --purge what it keeps. Projects, and what is
// Claude's own, are never touched; nor is anything in the home that Porchlight did not make.
import { existsSync } from 'node:fs';
import { readdir, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import { checkPrivate, HomeError } from '../../system/home.ts';
import type { Environment } from '../environment.ts';
import { CliError, exitCodes } from '../exit-codes.ts';
import { endRunsOf } from './end-runs.ts';
import { homeContents } from './home-contents.ts';
import { findInstallation } from './installation.ts';
import { loginServiceFor } from './login-service.ts';
import { askUntil, isYes } from './questions.ts';
import { askStatus, findPid } from './running.ts';
import { end } from './stop.ts';

const whatIsKept = 'settings, paired devices, conversations and their files, logs';

export async function uninstall(
  environment: Environment,
  { home, purge, yes }: { home: string; purge: boolean; yes: boolean },
): Promise<void> {
  const { print } = environment;
  const service = await loginServiceFor(environment, home);
  const isRunning = (await findPid(environment, home)) !== undefined;
  const files = (service?.files ?? []).filter((file) => existsSync(file));
  const kept = purge ? await ownIn(environment, home) : [];
  const { working = 0 } = (isRunning && (await askStatus(environment, home))) || {};

  const acts = [
    ...(isRunning
      ? [`stop Porchlight${working > 0 ? `, and end what Claude is working on (${working})` : ''}`]
      : []),
    ...files.map((file) => `remove ${file}`),
    ...(kept.length > 0 ? [`remove what Porchlight keeps in ${home}: ${whatIsKept}`] : []),
  ];
  if (acts.length === 0) print(`There is nothing to remove for ${home}.`);
  else {
    print(`This will:\n${acts.map((act) => `  ${act}`).join('\n')}`);
    print('Your projects and Claude’s own files stay as they are.');
    await requireYes(environment, yes);
    await end(environment, home);
    await endRunsOf(environment, home);
    await service?.remove();
    for (const path of kept) await rm(path, { recursive: true, force: true });
    print(
      `Done.${purge ? await leftIn(home) : ` What Porchlight keeps is still in ${home}; with --purge it goes too.`}`,
    );
  }
  if (findInstallation(environment.program).kind === 'global')
    print('The program itself goes with: npm uninstall --global porchlight');
}

async function requireYes({ openTerminal }: Environment, yes: boolean): Promise<void> {
  if (yes) return;
  if (!openTerminal)
    throw new CliError(
      exitCodes.denied,
      'Nothing was removed: nobody is there to be asked. Say it with --yes.',
    );
  const terminal = openTerminal();
  try {
    if (await askUntil(terminal, 'Go on? [y/N] ', (answer) => isYes(answer || 'n'))) return;
  } finally {
    terminal.close();
  }
  throw new CliError(exitCodes.denied, 'Nothing was removed.');
}

/** Whole paths. Rejects with CliError for a folder that is not Porchlight's. */
async function ownIn({ machine }: Environment, home: string): Promise<string[]> {
  if (!existsSync(home)) return [];
  const names = await readdir(home);
  if (names.length > 0 && !names.includes('lobby') && !names.includes('config.json'))
    throw new CliError(exitCodes.homeUnusable, `${home} is no folder of Porchlight’s. Nothing was removed.`);
  await checkPrivate(home, machine.uid).catch((error: unknown) => {
    throw error instanceof HomeError
      ? new CliError(exitCodes.homeUnusable, `${error.message} Nothing was removed.`)
      : error;
  });
  return names.filter((name) => homeContents.includes(name)).map((name) => join(home, name));
}

async function leftIn(home: string): Promise<string> {
  const left = await readdir(home).catch(() => []);
  if (left.length > 0) return ` Porchlight did not make, and left, in ${home}: ${left.join(', ')}`;
  await rmdir(home).catch(() => undefined);
  return '';
}
