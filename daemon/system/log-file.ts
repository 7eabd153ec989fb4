// A log file for the owner only, bounded in size: one that is full is set aside, and of those so many are kept. A disk that is
// full or broken costs lines and nothing else. Not pino's own destination: on such a disk its errors come back as bugs, to be
// logged in turn, and its flush waits for ever (sonic-boom 4.2.1 tries again on any error), which holds up the end. Nor
// rotating-file-stream, which is gone for good after the first error, nor pino-roll, which brings 28 MB of calendar.
import { closeSync, fstatSync, openSync, renameSync, write, writeSync } from 'node:fs';

export interface LogLimits {
  /** A file that has come to this is set aside, bytes. A line is never cut. */
  readonly fileBytes: number;
  /** With the one that is written to. */
  readonly files: number;
}

export interface LogFile {
  write(line: string): void;
  /** What waits is written before this returns, if the disk takes it. */
  flush(): void;
}

/** `path` ends in `.log`; those set aside are `.1.log` and so on, the newest first. */
export function openLogFile(path: string, limits: LogLimits): LogFile {
  const open = () => openSync(path, 'a', 0o600);
  const nth = (n: number) => (n === 0 ? path : path.replace(/log$/, `${n}.log`));
  let file = open();
  let size = fstatSync(file).size;
  let waiting = '';
  let isWriting = false;

  function writeOn(): void {
    if (size >= limits.fileBytes) beginAnew();
    const text = waiting;
    waiting = '';
    isWriting = true;
    write(file, text, (_error, written) => {
      size += written;
      isWriting = false;
      if (waiting !== '') writeOn();
    });
  }

  function beginAnew(): void {
    try {
      for (let n = limits.files - 2; n >= 0; n--) setAside(nth(n), nth(n + 1));
      const old = file;
      file = open();
      size = 0;
      closeSync(old);
    } catch (error) {
      // It is tried again with the next line; until then they go where they went.
      if (!isOfSystem(error)) throw error;
    }
  }

  return {
    write(line) {
      waiting += line;
      if (!isWriting) writeOn();
    },
    flush() {
      try {
        writeSync(file, waiting);
        waiting = '';
      } catch (error) {
        if (!isOfSystem(error)) throw error;
      }
    },
  };
}

function setAside(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if (!(isOfSystem(error) && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

function isOfSystem(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error;
}
