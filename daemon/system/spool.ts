// Following a file that another process appends to, line by line, from any byte on.
import { type FSWatcher, watch } from 'node:fs';
import { open } from 'node:fs/promises';
import type { SpoolLine } from '../ports.ts';

const lf = 0x0a;
const chunkSize = 256 * 1024;

/**
 * Complete lines behind byte `from`, then those to come. Ends when `signal` fires, or when `ended` has resolved and all
 * is read; a last line without its LF is then given too. Invalid UTF-8 becomes U+FFFD.
 */
export async function* followLines(options: {
  path: string;
  from: number;
  ended: Promise<unknown>;
  signal: AbortSignal;
}): AsyncGenerator<SpoolLine> {
  const { path, signal } = options;
  const file = await open(path, 'r');
  const bell = createBell(signal);
  const watcher: FSWatcher = watch(path, bell.ring);
  watcher.on('error', bell.ring);
  let over = false;
  void options.ended.then(() => {
    over = true;
    bell.ring();
  });
  let held: Buffer[] = [];
  let position = options.from;
  try {
    while (!signal.aborted) {
      const last = over;
      bell.arm();
      const chunk = Buffer.allocUnsafe(chunkSize);
      const { bytesRead } = await file.read(chunk, 0, chunkSize, position);
      if (bytesRead === 0) {
        if (last) break;
        await bell.wait();
        continue;
      }
      let start = 0;
      for (let end = chunk.indexOf(lf); end >= 0 && end < bytesRead; end = chunk.indexOf(lf, start)) {
        const line = Buffer.concat([...held, chunk.subarray(start, end)]);
        held = [];
        start = end + 1;
        yield { text: line.toString('utf8'), end: position + start };
        if (signal.aborted) return;
      }
      if (start < bytesRead) held.push(chunk.subarray(start, bytesRead));
      position += bytesRead;
    }
    if (!signal.aborted && held.length > 0)
      yield { text: Buffer.concat(held).toString('utf8'), end: position };
  } finally {
    watcher.close();
    await file.close();
  }
}

/** Wakes one waiter; a ring between `arm` and `wait` is not lost. */
function createBell(signal: AbortSignal): {
  arm(): void;
  ring(): void;
  wait(): Promise<void>;
} {
  let rung = false;
  let wake: (() => void) | undefined;
  const ring = () => {
    rung = true;
    wake?.();
  };
  signal.addEventListener('abort', ring);
  return {
    arm() {
      rung = false;
    },
    ring,
    wait: () =>
      new Promise((resolve) => {
        if (rung) return resolve();
        wake = () => {
          wake = undefined;
          resolve();
        };
      }),
  };
}
