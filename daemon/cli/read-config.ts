// Puts the sources of settings together for a home. A file that is wrong is named, never overwritten.
import {
  type Config,
  type ConfigFile,
  overridesFrom,
  type Overrides,
  parseConfigFile,
  withOverrides,
} from '../config.ts';
import { openSettingsFile } from '../system/settings-file.ts';
import { CliError, exitCodes } from './exit-codes.ts';
import type { ServeFlags } from './environment.ts';

export interface ReadSettings {
  readonly config: Config;
  readonly overrides: Overrides;
  readonly file: ConfigFile;
  /** Names in the file that mean nothing. */
  readonly unknown: readonly string[];
}

interface Sources {
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly flags: ServeFlags;
}

/** Only what comes of it. */
export async function readConfig(sources: Sources): Promise<Config> {
  return (await readSettings(sources)).config;
}

export async function readSettings(options: Sources): Promise<ReadSettings> {
  const { host, port, tray, claude, projects } = options.flags;
  const args: ConfigFile = { host, port, tray, claudePath: claude, projectsRoot: projects };
  try {
    const overrides = overridesFrom({ env: options.env, args });
    const { file, unknown } = await readFileSettings(options.home);
    return { config: withOverrides(file, overrides), overrides, file, unknown };
  } catch (error) {
    throw new CliError(exitCodes.usage, error instanceof Error ? error.message : String(error));
  }
}

async function readFileSettings(home: string) {
  const { path, read } = openSettingsFile(home);
  const json = await read();
  try {
    return parseConfigFile(json);
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : error}`, { cause: error });
  }
}
