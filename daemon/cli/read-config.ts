// Reads config.json of a home and puts the sources of settings together. A file that is wrong is named, never overwritten.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Config, ConfigFile, resolveConfig } from '../config.ts';
import { CliError, exitCodes } from './exit-codes.ts';
import type { ServeFlags } from './environment.ts';

export async function readConfig(options: {
  home: string;
  env: Readonly<Record<string, string | undefined>>;
  flags: ServeFlags;
}): Promise<Config> {
  const { host, port, tray, claude, projects } = options.flags;
  const path = join(options.home, 'config.json');
  const args: ConfigFile = {
    ...(host === undefined ? {} : { host }),
    ...(port === undefined ? {} : { port }),
    ...(tray === undefined ? {} : { tray }),
    ...(claude === undefined ? {} : { claudePath: claude }),
    ...(projects === undefined ? {} : { projectsRoot: projects }),
  };
  try {
    return resolveConfig({ file: await readFileSettings(path), env: options.env, args });
  } catch (error) {
    throw new CliError(exitCodes.usage, error instanceof Error ? error.message : String(error));
  }
}

async function readFileSettings(path: string): Promise<ConfigFile> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return '{}';
    throw new Error(`${path} cannot be read: ${error.message}.`, { cause: error });
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new Error(`${path} is not valid JSON: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
  const parsed = ConfigFile.safeParse(json);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new Error(`${path}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'not valid'}`);
}
