// What npm is asked for an upgrade. From where packages come is npm's own configuration; nothing here names a place.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import { runCommand } from '../../system/spawn.ts';
import type { Environment } from '../environment.ts';
import { CliError, exitCodes } from '../exit-codes.ts';

/** A slow line may take minutes, ms. */
const patience = 600_000;

const Packed = z.array(z.looseObject({ name: z.string(), version: z.string() })).check(z.minLength(1));

/** A package file, and not a name with a version. */
export function isFile(spec: string): boolean {
  return spec.startsWith('/');
}

/** The version that a package file, or a name with a version or tag, stands for. Rejects with CliError. */
export async function lookUp(environment: Environment, spec: string): Promise<string> {
  if (!isFile(spec)) {
    const found = z.string().safeParse(parse(await npm(environment, ['view', spec, 'version', '--json'])));
    if (found.success) return found.data;
    throw new CliError(exitCodes.failed, `npm knows no ${spec}.`);
  }
  const said = await npm(environment, ['pack', '--dry-run', '--json', '--ignore-scripts', spec]);
  const found = Packed.safeParse(parse(said)).data?.[0];
  if (found?.name === 'porchlight') return found.version;
  throw new CliError(exitCodes.usage, `${spec} is no package of Porchlight.`);
}

/** Installs a package, with all that it needs, into a folder of its own; nothing that it brings is run. */
export async function installInto(environment: Environment, prefix: string, spec: string): Promise<void> {
  await npm(environment, [
    'install',
    '--global',
    '--prefix',
    prefix,
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--no-update-notifier',
    '--',
    spec,
  ]);
}

async function npm({ node, env }: Environment, args: readonly string[]): Promise<string> {
  const beside = join(dirname(node), 'npm');
  const own = Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
  const { code, stdout, stderr } = await runCommand(existsSync(beside) ? beside : 'npm', args, {
    env: Object.fromEntries(own),
    timeoutMs: patience,
  });
  if (code === 0) return stdout;
  const words = stderr
    .split('\n')
    .filter((line) => /^npm (error|ERR!)/.test(line) && !/complete log|npm (error|ERR!) *$/.test(line));
  throw new CliError(
    exitCodes.failed,
    `npm ${args[0]} failed; nothing was changed. ${words.slice(0, 6).join('\n') || stderr.trim()}`,
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
