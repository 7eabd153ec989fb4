// `porchlight logs`: what the daemon has logged, oldest first, for people or as it was written; with -f, also what it logs from now on.
import { watch } from 'node:fs';
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from './environment.ts';
import { CliError, exitCodes } from './exit-codes.ts';
import { type Level, parseLogLine, sinceMs, wordsOfEntry } from './log-lines.ts';
import { paintFor } from './paint.ts';

export interface LogsOptions {
  readonly home: string;
  readonly follow: boolean;
  readonly since: string | undefined;
  readonly level: Level;
  /** Of those that are there already, the newest so many. */
  readonly lines: number;
  readonly json: boolean;
}

export async function showLogs(environment: Environment, options: LogsOptions): Promise<void> {
  const { print } = environment;
  const folder = join(options.home, 'logs');
  const current = join(folder, 'porchlight.log');
  const since = options.since === undefined ? 0 : sinceMs(options.since, Date.now());
  if (since === undefined)
    throw new CliError(
      exitCodes.usage,
      `--since is how long ago, as 10m, 2h or 3d, or a time, as 2026-11-21 or 2026-11-21T22:50, not “${options.since}”.`,
    );
  const paint = paintFor(environment);
  const wanted = (line: string) => {
    const entry = parseLogLine(line);
    if (!entry || entry.time < since || entry.level < options.level) return undefined;
    return options.json ? line : wordsOfEntry(entry, paint);
  };

  const found: string[] = [];
  let at = { place: 0, file: -1 };
  const names = await readdir(folder).catch(whenMissing);
  for (const name of names.filter(isLog).toSorted(oldestFirst)) {
    const path = join(folder, name);
    const read = await readFrom(path, 0);
    if (path === current) at = { place: read.end, file: read.file };
    for (const line of read.lines) {
      const words = wanted(line);
      if (words !== undefined) found.push(words);
    }
  }
  if (names.length === 0)
    throw new CliError(
      exitCodes.failed,
      `There are no logs in ${folder}. Porchlight has not run with this home yet: porchlight start`,
    );
  for (const line of found.slice(-options.lines)) print(line);
  if (options.follow) await follow();

  /** Never ends by itself. */
  async function follow(): Promise<void> {
    for await (const _change of changesOf(folder)) {
      const now = await stat(current).catch(() => undefined);
      if (!now) continue;
      // Set aside meanwhile: what it had more is read under its other name.
      if (at.file !== -1 && now.ino !== at.file) {
        const rest = await readFrom(join(folder, 'porchlight.1.log'), at.place);
        tell(rest.lines);
        at = { place: 0, file: now.ino };
      }
      const more = await readFrom(current, at.place);
      at = { place: more.end, file: more.file };
      tell(more.lines);
    }
  }

  function tell(lines: readonly string[]): void {
    for (const line of lines) {
      const words = wanted(line);
      if (words !== undefined) print(words);
    }
  }
}

async function* changesOf(folder: string): AsyncGenerator<void> {
  let wake: () => void = () => undefined;
  let isChanged = true;
  const watcher = watch(folder, () => {
    isChanged = true;
    wake();
  });
  try {
    for (;;) {
      if (!isChanged) await new Promise<void>((resolve) => (wake = resolve));
      isChanged = false;
      yield;
    }
  } finally {
    watcher.close();
  }
}

/** Whole lines from there on, and where they end. */
async function readFrom(path: string, from: number): Promise<{ lines: string[]; end: number; file: number }> {
  const file = await open(path, 'r');
  try {
    const { size, ino } = await file.stat();
    const bytes = Buffer.alloc(Math.max(0, size - from));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, from);
    const whole = bytes.subarray(0, bytes.subarray(0, bytesRead).lastIndexOf(10) + 1);
    return { lines: whole.toString('utf8').split('\n').slice(0, -1), end: from + whole.length, file: ino };
  } finally {
    await file.close();
  }
}

function isLog(name: string): boolean {
  return /^porchlight(\.\d+)?\.log$/.test(name);
}

function oldestFirst(a: string, b: string): number {
  const age = (name: string) => Number(/\d+/.exec(name)?.[0] ?? 0);
  return age(b) - age(a);
}

function whenMissing(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
  throw error;
}
