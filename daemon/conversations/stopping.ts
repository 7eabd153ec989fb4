// Stopping what Claude does: it is asked first, and when it does not stop in time its process is ended. The log says what was
// asked for and what came of it; only the time in between is kept here.
import type { Clock, Dispose } from '../ports.ts';
import type { ConversationView } from '../protocol/view.ts';
import type { RunSlot } from './run-slot.ts';

/** How long Claude may take to stop by itself, ms. */
const patience = 5000;

export interface Stopping {
  /** Rejects when there is no run to be asked, or it does not answer. */
  stop(): Promise<void>;
  /** A turn began: if it is one that was to be stopped before it did, it is asked again. */
  began(): Promise<void>;
}

export function createStopping(options: {
  clock: Clock;
  view: () => ConversationView;
  run: Pick<RunSlot, 'session' | 'release'>;
  failed: (error: unknown) => void;
}): Stopping {
  const { clock, view, run } = options;
  let cancel: Dispose | undefined;
  let early: readonly string[] = [];

  /** The run is still at what it was to stop. */
  function goesOn(runId: string | null, turnId: string | undefined): boolean {
    const now = view();
    if (now.runId === null || now.runId !== runId) return false;
    return turnId === undefined ? isUnanswered(now, early) : now.turn?.turnId === turnId;
  }

  return {
    async stop() {
      const { runId, turn, unanswered } = view();
      const turnId = turn?.turnId;
      early = turn ? [] : unanswered;
      cancel?.();
      cancel = clock.after(patience, () => {
        if (goesOn(runId, turnId)) run.release().catch(options.failed);
      });
      await run.session?.interrupt();
    },
    async began() {
      if (isUnanswered(view(), early)) await run.session?.interrupt();
    },
  };
}

function isUnanswered(view: ConversationView, messages: readonly string[]): boolean {
  return messages.some((key) => view.unanswered.includes(key));
}
