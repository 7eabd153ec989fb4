// Readers that wait for a log to grow. Shared by the file and the memory log; holds no events.

export interface Growth {
  /** Resolves true once `head() > after`, false when `signal` fires or the log is closed. */
  wait(after: number, signal: AbortSignal): Promise<boolean>;
  /** The head moved. */
  grew(): void;
  close(): void;
}

interface Waiter {
  readonly signal: AbortSignal;
  readonly wake: () => void;
}

export function createGrowth(head: () => number): Growth {
  let closed = false;
  let waiting: Waiter[] = [];
  // Listening anew for each wait would cost very many readers more than what they read.
  const heard = new WeakSet<AbortSignal>();

  function wakeAll(): void {
    const woken = waiting;
    waiting = [];
    for (const { wake } of woken) wake();
  }

  function hear(signal: AbortSignal): void {
    if (heard.has(signal)) return;
    heard.add(signal);
    const wakeItsOwn = () => {
      const woken = waiting.filter((waiter) => waiter.signal === signal);
      waiting = waiting.filter((waiter) => waiter.signal !== signal);
      for (const { wake } of woken) wake();
    };
    signal.addEventListener('abort', wakeItsOwn, { once: true });
  }

  return {
    async wait(after, signal) {
      while (head() <= after) {
        if (closed || signal.aborted) return false;
        hear(signal);
        await new Promise<void>((wake) => waiting.push({ signal, wake }));
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
