// Lines of the log, which pino writes as JSON: read, judged and put into words. Pure.
import * as z from 'zod/mini';
import type { Paint } from './paint.ts';
import { forTerminal } from './terminal-text.ts';

export const levels = { info: 30, warn: 40, error: 50 } as const;
export type Level = (typeof levels)[keyof typeof levels];

const Line = z.looseObject({ level: z.number(), time: z.string(), msg: z.optional(z.string()) });

export interface LogEntry {
  readonly level: number;
  /** ms since 1970. */
  readonly time: number;
  readonly message: string;
  readonly facts: Readonly<Record<string, unknown>>;
  /** Of an error. */
  readonly stack: string;
}

/** Undefined for what is no line of the log: a cut one, on a disk that was full. */
export function parseLogLine(line: string): LogEntry | undefined {
  const parsed = Line.safeParse(json(line));
  if (!parsed.success) return undefined;
  const { level, time, msg = '', err, ...facts } = parsed.data;
  const error = z
    .looseObject({ stack: z.optional(z.string()), message: z.optional(z.string()) })
    .safeParse(err);
  const stack = error.success ? (error.data.stack ?? error.data.message ?? '') : '';
  return { level, time: Date.parse(time), message: msg, facts, stack };
}

export function wordsOfEntry({ level, time, message, facts, stack }: LogEntry, paint: Paint): string {
  const [word, style] =
    level >= levels.error
      ? (['error', 'bad'] as const)
      : level >= levels.warn
        ? (['warn ', 'warn'] as const)
        : (['info ', 'soft'] as const);
  const told = Object.entries(facts).map(
    ([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
  );
  const more = told.length === 0 ? '' : ` ${paint('soft', told.join(' '))}`;
  const below = stack === '' ? '' : `\n${stack.replace(/^/gm, '    ')}`;
  return forTerminal(`${paint('soft', clock(time))} ${paint(style, word)} ${message}${more}${below}`);
}

const units = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** ms since 1970 of `10m` (ago) or of a time; undefined for what is neither. */
export function sinceMs(text: string, now: number): number | undefined {
  const ago = /^(\d+)\s*([smhd])$/.exec(text);
  const unit = ago?.[2];
  if (ago && (unit === 's' || unit === 'm' || unit === 'h' || unit === 'd'))
    return now - Number(ago[1]) * units[unit];
  if (!/^\d{4}-\d{2}-\d{2}/.test(text)) return undefined;
  // A date alone is meant where the person is.
  const at = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00` : text.replace(' ', 'T'));
  return Number.isNaN(at) ? undefined : at;
}

/** As the person's clock shows it, e.g. `2026-11-21 22:50:12`. */
function clock(time: number): string {
  if (Number.isNaN(time)) return '????-??-?? ??:??:??';
  const at = new Date(time);
  const local = new Date(time - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 19).replace('T', ' ');
}

function json(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
