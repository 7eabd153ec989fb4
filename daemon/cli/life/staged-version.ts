// Another version beside the one that is installed: put there whole, tried, and then exchanged by renaming, so that going back needs
// neither npm nor a network.
import { existsSync } from 'node:fs';
import { access, constants, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { runCommand } from '../../system/spawn.ts';
import type { Environment } from '../environment.ts';
import { CliError, exitCodes } from '../exit-codes.ts';
import type { Installation } from './installation.ts';
import { installInto } from './npm.ts';

const Facts = z.looseObject({ version: z.string(), storeFormat: z.int() });

/** npm overlooks names that begin with a dot. */
const prefix = '.porchlight-upgrade-';
const hour = 3_600_000;

export interface StagedVersion {
  readonly version: string;
  /** The newest way of writing logs that it knows. */
  readonly storeFormat: number;
  /** From here on the command is this version. */
  putInPlace(): Promise<void>;
  /** From here on it is the one before again. */
  putBack(): Promise<void>;
  /** Takes away whichever of the two is not in place. */
  clear(): Promise<void>;
}

/** Installs `spec` beside the one that is there, and has it say what it is. Rejects with CliError; then nothing was changed. */
export async function stage(
  environment: Environment,
  { folder, modules }: Extract<Installation, { kind: 'global' }>,
  spec: string,
): Promise<StagedVersion> {
  await access(modules, constants.W_OK).catch(() => {
    throw new CliError(
      exitCodes.failed,
      `${modules} is not yours to write in. Run it as whoever installed Porchlight, or: sudo npm install --global ${spec}`,
    );
  });
  await clearLeft(modules);
  const place = await mkdtemp(join(modules, prefix));
  try {
    await installInto(environment, place, spec);
    const staged = join(place, 'lib/node_modules/porchlight');
    if (!existsSync(join(staged, 'dist/porchlight.js')))
      throw new CliError(exitCodes.usage, `${spec} is no package of Porchlight. Nothing was changed.`);
    const facts = await tryOut(environment, join(staged, 'dist/porchlight.js'));
    const before = join(place, 'before');
    return {
      ...facts,
      async putInPlace() {
        await rename(folder, before);
        await rename(staged, folder).catch(async (error: unknown) => {
          await rename(before, folder);
          throw error;
        });
      },
      async putBack() {
        await rename(folder, staged);
        await rename(before, folder);
      },
      clear: () => rm(place, { recursive: true, force: true }),
    };
  } catch (error) {
    await rm(place, { recursive: true, force: true });
    throw error;
  }
}

/** A program that cannot even say its version is not put in the place of one that works. */
async function tryOut(
  { node }: Environment,
  program: string,
): Promise<{ version: string; storeFormat: number }> {
  const { code, stdout, stderr } = await runCommand(node, [program, 'version', '--json'], { env: {} });
  try {
    const { version, storeFormat } = Facts.parse(JSON.parse(stdout));
    return { version, storeFormat };
  } catch (error) {
    const lines = stderr.trim().split('\n');
    const words = lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1) ?? '';
    throw new CliError(
      exitCodes.failed,
      `That version does not run here, so nothing was changed. ${words || `It ended with ${code} and said nothing.`}`,
      { cause: error },
    );
  }
}

/** An upgrade that was cut short left its folder; a young one may be that of an upgrade in another terminal. */
async function clearLeft(modules: string): Promise<void> {
  for (const name of await readdir(modules)) {
    const path = join(modules, name);
    if (!name.startsWith(prefix) || Date.now() - (await stat(path)).mtimeMs < hour) continue;
    await rm(path, { recursive: true, force: true });
  }
}
