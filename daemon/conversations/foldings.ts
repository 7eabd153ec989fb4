// When logs are folded: some time after something was said in them, one log at a time, the longest waiting first. Whether there is
// enough to win, and how it is done, is the log's own business.
import type { Clock, Dispose, EventLog, Logger } from '../ports.ts';

export interface Foldings {
  /** Something was said there; asked many times it is done once. */
  ask(log: EventLog): void;
  /** Stops what is under way and begins no more. */
  close(): void;
}

export function createFoldings(options: {
  clock: Clock;
  logger: Logger;
  /** How long after it was first asked for, ms. */
  afterMs: number;
}): Foldings {
  const { clock, logger, afterMs } = options;
  const waiting = new Set<EventLog>();
  const closing = new AbortController();
  let due: Dispose | undefined;

  async function foldAll(): Promise<void> {
    for (const log of [...waiting]) {
      waiting.delete(log);
      if (closing.signal.aborted) return;
      try {
        const bytes = await log.fold(closing.signal);
        if (bytes > 0) logger.info('folded a log', { bytes });
      } catch (error) {
        logger.warn('a log could not be folded', { reason: String(error) });
      }
    }
    due = undefined;
    if (waiting.size > 0) arm();
  }

  function arm(): void {
    due ??= clock.after(afterMs, () => void foldAll());
  }

  return {
    ask(log) {
      if (log.damaged || closing.signal.aborted) return;
      waiting.add(log);
      arm();
    },
    close() {
      closing.abort();
      due?.();
    },
  };
}
