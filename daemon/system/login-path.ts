// The PATH that the person has in a terminal. What is started at login or by the desktop has a shorter one, without the folders
// that version managers add, so `claude` would not be found. Asks the login shell once; never runs anything else in it.
import { randomBytes } from 'node:crypto';
import type { Outcome, RunCommand } from '../ports.ts';

/** Version managers take their time; one that asks a question would take for ever. */
const patience = 10_000;

/**
 * The login shell's PATH, or undefined when the shell does not tell. `run` must give the shell a session of its own: an
 * interactive shell takes the terminal away from whoever asks.
 */
export async function readLoginPath(options: {
  env: Readonly<Record<string, string | undefined>>;
  run: RunCommand;
}): Promise<string | undefined> {
  const { env, run } = options;
  const shell = env['SHELL'] || '/bin/sh';
  // What the person's files print stands before and behind it.
  const mark = `porchlight-${randomBytes(6).toString('hex')}`;
  const ask = (flags: string): Promise<Outcome> =>
    run(shell, [flags, `printf '%s' "${mark}[$PATH]${mark}"`], { env: defined(env), timeoutMs: patience });
  // Many files begin with "if not interactive, return"; some shells know no -i together with -l.
  for (const flags of ['-lic', '-lc']) {
    const { stdout } = await ask(flags);
    const from = stdout.lastIndexOf(`${mark}[`);
    const to = stdout.lastIndexOf(`]${mark}`);
    if (from !== -1 && to > from) return foldersOf(stdout.slice(from + mark.length + 1, to)).join(':');
  }
  return undefined;
}

/** Both, each folder once, those of `first` first. Only absolute ones: others mean what the working folder makes of them. */
export function joinPaths(first: string, second: string): string {
  return [...new Set([...foldersOf(first), ...foldersOf(second)])].join(':');
}

function foldersOf(path: string): string[] {
  return path.split(':').filter((folder) => folder.startsWith('/') && !/[\n\r\0]/.test(folder));
}

function defined(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
