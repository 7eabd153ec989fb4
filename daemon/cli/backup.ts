// `porchlight backup` and `porchlight restore`: a home as one file, and a home from such a file.
import { readdir, rename } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ArchiveError, packHome, unpackHome } from '../system/home-archive.ts';
import { AlreadyRunning, HomeError, lockHome, prepareHome } from '../system/home.ts';
import { createProcesses } from '../system/processes.ts';
import { runCommand } from '../system/spawn.ts';
import type { Environment } from './environment.ts';
import { CliError, exitCodes } from './exit-codes.ts';

export async function backup(
  { print }: Environment,
  { home, file, json }: { home: string; file: string; json: boolean },
): Promise<void> {
  const bytes = await packHome(home, file).catch(toldPlainly);
  if (json) return print(JSON.stringify({ file: resolve(file), bytes }));
  print(`${home} is in ${file} (${sizeOf(bytes)}).`);
  print(
    'It is as secret as the home itself: in it are all conversations and the files sent in them, the private key of',
  );
  print(
    'this computer’s certificate and, where phones were told to trust this computer, the key that they trust.',
  );
  print('Not in it: what Claude Code itself keeps (~/.claude), logs, and what is running at this moment.');
  print('To put it back: porchlight restore FILE');
}

export async function restore(
  environment: Environment,
  options: { home: string; file: string; replace: boolean; json: boolean },
): Promise<void> {
  const { print } = environment;
  const { home, file, replace, json } = options;
  const kept = await setAside(environment, home, replace);
  try {
    await unpackHome(file, home);
  } catch (error) {
    if (kept !== undefined) await rename(kept, home);
    return toldPlainly(error);
  }
  if (json) return print(JSON.stringify({ home, kept: kept ?? null }));
  print(`${home} is as it was in ${file}.`);
  if (kept !== undefined)
    print(`What was there before is in ${kept} now; remove it when you no longer need it.`);
  print(`Start it with: porchlight start --home ${home}`);
  print(
    'Then look at who may come in (porchlight devices): devices that were removed since the backup are back.',
  );
}

/** Where the home that was there is kept; undefined when there was nothing. */
async function setAside(
  { machine }: Environment,
  home: string,
  replace: boolean,
): Promise<string | undefined> {
  const names = await readdir(home).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new CliError(exitCodes.homeUnusable, `${home} cannot be used: ${error.message}`);
  });
  if (names.length === 0) return undefined;
  await endUnlessFree(home, machine);
  if (!replace)
    throw new CliError(
      exitCodes.failed,
      `${home} has things in it already. Choose another with --home, or say --replace: what is there is kept beside it.`,
    );
  const kept = `${home}.before-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}`;
  await rename(home, kept);
  return kept;
}

/** Whoever runs there would go on writing into what was set aside. */
async function endUnlessFree(home: string, { platform, uid }: Environment['machine']): Promise<void> {
  try {
    await prepareHome(home, uid);
    const lock = await lockHome(home, createProcesses(platform, runCommand));
    await lock.release();
  } catch (error) {
    if (error instanceof AlreadyRunning)
      throw new CliError(exitCodes.alreadyRunning, `${error.message} Stop it first: porchlight stop`);
    if (error instanceof HomeError) throw new CliError(exitCodes.homeUnusable, error.message);
    throw error;
  }
}

function toldPlainly(error: unknown): never {
  if (error instanceof ArchiveError) throw new CliError(exitCodes.failed, error.message);
  throw error;
}

function sizeOf(bytes: number): string {
  return bytes < 2 ** 20 ? `${Math.ceil(bytes / 1024)} KiB` : `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
