// The log file, by pino: one JSON line an entry, for the owner only. Paths without query strings, never a header or a body.
// A disk that is full or broken costs lines and nothing else. Not pino's own destination: on such a disk its errors come back as
// bugs, to be logged in turn, and its flush waits for ever (sonic-boom 4.2.1 tries again on any error), which holds up the end.
import { mkdirSync, openSync, write, writeSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import type { Logger } from '../ports.ts';

export function openLogger(folder: string): Logger & { flush(): void } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = openSync(join(folder, 'porchlight.log'), 'a', 0o600);
  let waiting = '';
  let isWriting = false;

  function writeOn(): void {
    const text = waiting;
    waiting = '';
    isWriting = true;
    write(file, text, () => {
      isWriting = false;
      if (waiting !== '') writeOn();
    });
  }

  const destination = {
    write(line: string) {
      waiting += line;
      if (!isWriting) writeOn();
    },
  };
  const log = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  return {
    info: (message, facts = {}) => log.info(facts, message),
    warn: (message, facts = {}) => log.warn(facts, message),
    error: (message, error, facts = {}) => log.error({ ...facts, err: error }, message),
    flush() {
      try {
        writeSync(file, waiting);
        waiting = '';
      } catch (error) {
        if (!(error instanceof Error && 'syscall' in error)) throw error;
      }
    },
  };
}
