// Readers that wait for a log to grow. Shared by the file and the memory log; holds no events.

export interface Growth {
  /** Resolves true once `head() > after`, false when `signal` fires or the log is closed. */
  wait(after: number, signal: AbortSignal): Promise<boolean>;
  /** The head moved. */
  grew(): void;
  close(): void;
}

export function createGrowth(head: () => number): Growth {
  let closed = false;
  const waiting = new Set<() => void>();
  const wakeAll = () => {
    for (const wake of [...waiting]) wake();
  };
  return {
    async wait(after, signal) {
      while (head() <= after) {
        if (closed || signal.aborted) return false;
        await new Promise<void>((resolve) => {
          const wake = () => {
            waiting.delete(wake);
            signal.removeEventListener('abort', wake);
            resolve();
          };
          waiting.add(wake);
          signal.addEventListener('abort', wake);
        });
      }
      return !signal.aborted;
    },
    grew: wakeAll,
    close() {
      closed = true;
      wakeAll();
    },
  };
}
