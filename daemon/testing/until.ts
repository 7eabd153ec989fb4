// Waits for something outside to come true by looking again and again. For tests only: code waits for events.
import { setTimeout as pause } from 'node:timers/promises';

/**
 * Resolves with the first result of `probe` that is neither undefined nor false. After `seconds` it rejects, saying
 * `what` was awaited. An error of `probe` is final.
 */
export async function until<T>(
  what: string,
  probe: () => Promise<T | undefined | false> | T | undefined | false,
  { seconds = 20 } = {},
): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    const result = await probe();
    if (result !== undefined && result !== false) return result;
    if (performance.now() > deadline) throw new Error(`waited ${seconds} s in vain: ${what}`);
    await pause(50);
  }
}
