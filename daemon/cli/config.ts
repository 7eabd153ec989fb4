// `porchlight config`: the settings, where each comes from, and the changing of one. A running daemon changes them itself, so that
// what can be in force at once is; without one the file is changed.
import { describe } from '../config.ts';
import { isSettingName, settingNames } from '../config/settings.ts';
import type { SettingEntry, SettingsReport } from '../protocol/settings.ts';
import { entryOf } from '../settings/setting-entry.ts';
import { faultOf } from '../settings/setting-words.ts';
import { HomeError, prepareHome } from '../system/home.ts';
import { openSettingsFile } from '../system/settings-file.ts';
import type { Environment } from './environment.ts';
import { CliError, exitCodes } from './exit-codes.ts';
import { type Paint, paintFor } from './paint.ts';
import { connectPrivately } from './private-client.ts';
import { readSettings } from './read-config.ts';

interface Where {
  readonly home: string;
  readonly json: boolean;
}

export async function showConfig(environment: Environment, { home, json }: Where): Promise<void> {
  const { print } = environment;
  const { report, isRunning } = await readReport(environment, home);
  if (json) return print(JSON.stringify({ ...report, isRunning }));
  const paint = paintFor(environment);
  for (const group of new Set(report.settings.map((one) => one.group))) {
    print(paint('bold', group));
    for (const entry of report.settings.filter((one) => one.group === group)) printEntry(entry, paint, print);
    print('');
  }
  print(paint('soft', `They are kept in ${report.path}. To change one: porchlight config set NAME VALUE`));
  for (const name of report.unknown) print(paint('warn', `“${name}” in it means nothing to Porchlight.`));
  if (report.trouble !== '') print(paint('bad', `${report.trouble} The settings stay as they were.`));
}

export async function getSetting(
  environment: Environment,
  { home, json, name }: Where & { name: string },
): Promise<void> {
  const entry = entryNamed((await readReport(environment, home)).report, name);
  if (json) return environment.print(JSON.stringify(entry));
  environment.print(typeof entry.value === 'string' ? entry.value : JSON.stringify(entry.value));
}

/** Undefined takes it out of the file. */
export async function changeSetting(
  environment: Environment,
  { home, json, name, text }: Where & { name: string; text: string | undefined },
): Promise<void> {
  const { print } = environment;
  const value = parsedValue(name, text);
  const { report, isRunning } = await written(environment, { home, name, value });
  const entry = entryNamed(report, name);
  if (json) return print(JSON.stringify({ ...entry, isRunning }));
  print(afterwards(entry, isRunning));
}

async function written(
  environment: Environment,
  { home, name, value }: { home: string; name: string; value: unknown },
): Promise<{ report: SettingsReport; isRunning: boolean }> {
  try {
    const client = await connectPrivately(home, environment.env);
    const input = { name, ...(value === undefined ? {} : { value: value as SettingEntry['value'] }) };
    return { report: await client.run('settings.change', input), isRunning: true };
  } catch (error) {
    if (!isNotRunning(error)) throw error;
  }
  const fault = faultOf(name, value);
  if (fault !== undefined) throw new CliError(exitCodes.usage, fault);
  // What is wrong with the file already is said before anything is written.
  await readSettings({ home, env: {}, flags: {} });
  await prepareHome(home, environment.machine.uid).catch((error: unknown) => {
    throw error instanceof HomeError ? new CliError(exitCodes.homeUnusable, error.message) : error;
  });
  await openSettingsFile(home).write(name, value);
  return readReport(environment, home);
}

async function readReport(
  environment: Environment,
  home: string,
): Promise<{ report: SettingsReport; isRunning: boolean }> {
  try {
    const client = await connectPrivately(home, environment.env);
    return { report: await client.run('settings.read', {}), isRunning: true };
  } catch (error) {
    if (!isNotRunning(error)) throw error;
  }
  const { config, overrides, file, unknown } = await readSettings({ home, env: environment.env, flags: {} });
  const settings = settingNames
    .filter((name) => !describe(name).isHidden)
    .map((name) => entryOf(name, { current: config, next: config, file, overrides }));
  const { path } = openSettingsFile(home);
  return { report: { settings, unknown: [...unknown], trouble: '', path }, isRunning: false };
}

function isNotRunning(error: unknown): boolean {
  return error instanceof CliError && error.exitCode === exitCodes.notRunning;
}

function entryNamed(report: SettingsReport, name: string): SettingEntry {
  const entry = report.settings.find((one) => one.name === name);
  if (entry) return entry;
  throw new CliError(
    exitCodes.usage,
    `There is no setting “${name}”. Those that there are: ${report.settings.map((one) => one.name).join(', ')}`,
  );
}

/** Rejects what is not right with the exit code of a wrong command line, whether a daemon runs or not. */
function parsedValue(name: string, text: string | undefined): unknown {
  if (!isSettingName(name) || describe(name).isHidden) {
    const names = settingNames.filter((one) => !describe(one).isHidden).join(', ');
    throw new CliError(exitCodes.usage, `There is no setting “${name}”. Those that there are: ${names}`);
  }
  if (text === undefined) return undefined;
  const value = describe(name).form.fromText(text);
  const fault = faultOf(name, value);
  if (fault !== undefined) throw new CliError(exitCodes.usage, fault);
  return value;
}

const origins: Readonly<Record<SettingEntry['origin'], string>> = {
  default: 'default',
  file: 'config.json',
  variable: 'variable',
  flag: 'command line',
};

function printEntry(entry: SettingEntry, paint: Paint, print: (line: string) => void): void {
  const { name, words, origin, variable, input, takesEffect } = entry;
  const unit = input.kind === 'number' && input.unit !== '' ? ` ${input.unit}` : '';
  const from = origin === 'variable' ? variable : origins[origin];
  print(
    `  ${name.padEnd(13)} ${paint('bold', shownValue(entry.value) + unit)}  ${paint('soft', `(${from})`)}`,
  );
  if (entry.next !== undefined) print(paint('warn', `    At the next start: ${shownValue(entry.next)}`));
  print(`    ${words}${takesEffect === 'restart' ? ' A change counts from the next start on.' : ''}`);
}

function shownValue(value: SettingEntry['value']): string {
  if (value === null) return 'not set';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function afterwards(entry: SettingEntry, isRunning: boolean): string {
  const { name, value, next, origin, variable } = entry;
  if (origin === 'flag')
    return `${name} is kept, but the command line that Porchlight was started with says ${shownValue(value)}, and that wins.`;
  if (origin === 'variable')
    return `${name} is kept, but the variable ${variable} says ${shownValue(value)}, and that wins.`;
  if (next !== undefined)
    return `${name} is to be ${shownValue(next)} at the next start. Now: porchlight restart`;
  return isRunning ? `${name} is ${shownValue(value)} now.` : `${name} is ${shownValue(value)}.`;
}
