// The log file, by pino: one JSON line an entry, for the owner only. Paths without query strings, never a header or a body.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Logger } from '../ports.ts';

export function openLogger(folder: string): Logger & { flush(): void } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const destination = pino.destination({
    dest: join(folder, 'porchlight.log'),
    append: true,
    mode: 0o600,
    sync: false,
  });
  // A disk that is full or broken costs log lines, and the daemon nothing; told as a bug it would be logged, and fail again.
  destination.on('error', () => undefined);
  const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  return {
    info: (message, facts = {}) => log.info(facts, message),
    warn: (message, facts = {}) => log.warn(facts, message),
    error: (message, error, facts = {}) => log.error({ ...facts, err: error }, message),
    flush() {
      try {
        destination.flushSync();
      } catch (error) {
        if (!(error instanceof Error && 'code' in error)) throw error;
      }
    },
  };
}
