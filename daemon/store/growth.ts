// Whoever wants to know when a log grows. Shared by the file and the memory log; holds no events.
import type { Dispose } from '../ports.ts';

export interface Growth {
  /** Calls `told` whenever the head has moved, and when the log is closed. */
  watch(told: () => void): Dispose;
  /** Resolves true once `head() > after`, false when `signal` fires or the log is closed. */
  wait(after: number, signal: AbortSignal): Promise<boolean>;
  /** The head moved. */
  grew(): void;
  readonly isClosed: boolean;
  close(): void;
}

export function createGrowth(head: () => number): Growth {
  let isClosed = false;
  const watching = new Set<() => void>();
  const tellAll = () => {
    for (const told of [...watching]) told();
  };
  const watch = (told: () => void) => {
    watching.add(told);
    return () => void watching.delete(told);
  };
  return {
    watch,
    async wait(after, signal) {
      while (head() <= after) {
        if (isClosed || signal.aborted) return false;
        await new Promise<void>((resolve) => {
          const wake = () => {
            unwatch();
            signal.removeEventListener('abort', wake);
            resolve();
          };
          const unwatch = watch(wake);
          signal.addEventListener('abort', wake);
        });
      }
      return !signal.aborted;
    },
    grew: tellAll,
    get isClosed() {
      return isClosed;
    },
    close() {
      isClosed = true;
      tellAll();
    },
  };
}
