// The log, by pino: one JSON line an entry. Paths without query strings, never a header or a body; what looks like a secret all
// the same is taken out on its way to the disk, as the last of several walls.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Logger } from '../ports.ts';
import { type LogLimits, openLogFile } from './log-file.ts';

const usualLimits: LogLimits = { fileBytes: 5 * 2 ** 20, files: 5 };

/** Fields that may hold a secret, at the top of the facts, in one of them, or in what an error carries. */
const secretFields = [
  ...['token', 'accessToken', 'authorization', 'cookie', 'code', 'typed', 'ticket', 'nonce', 'challenge'],
  ...['signature', 'privateKey', 'key', 'password', 'headers', 'body'],
];
/** `ENOSPC` and its like are no secret, and what the log is for. */
const isFact = new Set(['*.code', 'err.code']);
const redacted = secretFields
  .flatMap((name) => [name, `*.${name}`, `err.*.${name}`])
  .filter((path) => !isFact.has(path));

/** API tokens; bearers; what a link of ours carries behind its `#`; private keys. */
const secretWords =
  /plt_[\w-]{16,}|(?<=Bearer )[\x21-\x7e]+?(?=["\s\\]|$)|(?<=#(?:v=1&|t=))[^"\s\\]+|-----BEGIN [A-Z ]*PRIVATE KEY-----[^"]*/g;

export function openLogger(folder: string, limits: LogLimits = usualLimits): Logger & { flush(): void } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = openLogFile(join(folder, 'porchlight.log'), limits);
  const log = pino(
    {
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: { paths: redacted, censor: '[removed]' },
      hooks: { streamWrite: (line) => line.replace(secretWords, '[removed]') },
    },
    file,
  );
  return {
    info: (message, facts = {}) => log.info(facts, message),
    warn: (message, facts = {}) => log.warn(facts, message),
    error: (message, error, facts = {}) => log.error({ ...facts, err: error }, message),
    flush: file.flush,
  };
}
