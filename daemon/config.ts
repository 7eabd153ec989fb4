// Settings put together: defaults, then config.json, then PORCHLIGHT_* variables, then the command line; the last one wins. Which
// there are is the table in config/settings.ts. Pure.
import type { SettingOrigin } from './protocol/settings.ts';
import {
  isSettingName,
  type Setting,
  type SettingName,
  type Settings,
  settingNames,
  settings,
} from './config/settings.ts';

type Value<S> = S extends Setting<infer T, infer Initial> ? T | Initial : never;

export type Config = { readonly [N in SettingName]: Value<Settings[N]> };

/** What a person may write into config.json; every field may be left out. */
export type ConfigFile = { readonly [N in SettingName]?: NonNullable<Config[N]> | undefined };

/** What stands above config.json while the daemon runs, and on whose word. */
export interface Overrides {
  readonly values: Partial<Config>;
  readonly origins: { readonly [N in SettingName]?: SettingOrigin };
}

export const noOverrides: Overrides = { values: {}, origins: {} };

export const defaultPort = settings.port.initial;

const defaults = Object.fromEntries(settingNames.map((name) => [name, settings[name].initial])) as Config;

/** Throws an Error that names the setting and where it stands. */
export function resolveConfig(sources: {
  file: ConfigFile;
  env: Readonly<Record<string, string | undefined>>;
  args: ConfigFile;
}): Config {
  return withOverrides(sources.file, overridesFrom(sources));
}

export function withOverrides(file: ConfigFile, overrides: Overrides): Config {
  return { ...defaults, ...present(file), ...overrides.values };
}

/** Throws an Error that names the variable. */
export function overridesFrom({
  env,
  args,
}: {
  env: Readonly<Record<string, string | undefined>>;
  args: ConfigFile;
}): Overrides {
  const variables = fromEnv(env);
  const flags = present(args);
  const from = (values: object, origin: SettingOrigin) =>
    Object.fromEntries(Object.keys(values).map((name) => [name, origin]));
  return {
    values: { ...variables, ...flags },
    origins: { ...from(variables, 'variable'), ...from(flags, 'flag') },
  };
}

/** Throws an Error whose message begins with the setting. Names that mean nothing are told and otherwise left alone. */
export function parseConfigFile(json: unknown): { file: ConfigFile; unknown: readonly string[] } {
  if (typeof json !== 'object' || json === null || Array.isArray(json))
    throw new Error('it has to be an object, {"name": value}');
  const entries = Object.entries(json);
  for (const [name, value] of entries) if (isSettingName(name)) checkSetting(name, value);
  return {
    file: Object.fromEntries(entries.filter(([name]) => isSettingName(name))) as ConfigFile,
    unknown: entries.map(([name]) => name).filter((name) => !isSettingName(name)),
  };
}

/** Throws an Error that says what it has to be. */
export function checkSetting(name: SettingName, value: unknown): void {
  const { form, isSecret } = describe(name);
  if (form.schema.safeParse(value).success) return;
  throw new Error(`${name} has to be ${form.words}${isSecret ? '' : `, not ${JSON.stringify(value)}`}.`);
}

/** An entry of the table, whichever it is. */
export function describe(name: SettingName): Setting<unknown> {
  return settings[name];
}

/** Nobody but this computer reaches a daemon that listens there. */
export function isLocalOnly(host: string): boolean {
  return ['127.0.0.1', 'localhost', '::1'].includes(host);
}

/** Where a program on this computer reaches a daemon that listens there. */
export function loopbackOf(host: string): string {
  return ['0.0.0.0', '::', 'localhost'].includes(host)
    ? '127.0.0.1'
    : host.includes(':')
      ? `[${host}]`
      : host;
}

function fromEnv(env: Readonly<Record<string, string | undefined>>): Partial<Config> {
  const found: Partial<Record<SettingName, unknown>> = {};
  for (const name of settingNames) {
    const { variable, form } = describe(name);
    const text = variable === undefined ? undefined : env[variable];
    if (text === undefined || text === '') continue;
    const value = form.fromText(text);
    if (!form.schema.safeParse(value).success)
      throw new Error(`${variable}=${text} is not a valid ${name}. It has to be ${form.words}.`);
    found[name] = value;
  }
  return found as Partial<Config>;
}

function present(file: ConfigFile): Partial<Config> {
  return Object.fromEntries(
    Object.entries(file).filter(([, value]) => value !== undefined),
  ) as Partial<Config>;
}

/**
 * The person's environment for `claude`, without what is Porchlight's own, and without what npm adds when it starts us: its
 * folders on the PATH would put another `claude` before the person's.
 */
export function claudeEnvironment(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const isByNpm = env['npm_lifecycle_event'] !== undefined;
  const own: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || name.startsWith('PORCHLIGHT_') || name.startsWith('npm_')) continue;
    own[name] = name === 'PATH' && isByNpm ? withoutNpm(value) : value;
  }
  return own;
}

function withoutNpm(path: string): string {
  const folders = path.split(':');
  return folders.filter((folder) => !/\/node_modules\/(\.bin|@npmcli|npm)(\/|$)/.test(folder)).join(':');
}
