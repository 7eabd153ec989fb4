// A log together with its folded view, twice: as accepted (decisions are made on it) and as durable (readers get it).
// When an append fails the accepted view falls back to the durable one, so a refused event leaves no trace.
import type { EventLog, LoggedDraft, LoggedEvent } from '../ports.ts';

export interface FoldedLog<View> {
  readonly log: EventLog;
  /** Includes events that are still on their way to the disk. */
  readonly accepted: View;
  /** What every reader of the log has seen or can see. */
  readonly durable: View;
  /** Folds at once; resolves with the events when they are on disk, rejects as EventLog.append does. */
  append(drafts: readonly LoggedDraft[]): {
    readonly events: readonly LoggedEvent[];
    readonly durable: Promise<void>;
  };
}

const readBatch = 2000;

/** Reads the whole log once. `seen` gets every event in order, from the log and later when it is durable. */
export async function foldLog<View>(options: {
  log: EventLog;
  empty: View;
  fold: (view: View, event: LoggedEvent) => View;
  seen?: (event: LoggedEvent) => void;
}): Promise<FoldedLog<View>> {
  const { log, fold, seen } = options;
  let durable = options.empty;
  for (let after = 0; ; ) {
    const events = await log.read(after, readBatch);
    for (const event of events) {
      durable = fold(durable, event);
      seen?.(event);
    }
    const last = events.at(-1);
    if (!last) break;
    after = last.id;
  }
  let accepted = durable;
  return {
    log,
    get accepted() {
      return accepted;
    },
    get durable() {
      return durable;
    },
    append(drafts) {
      const { events, durable: written } = log.append(drafts);
      for (const event of events) accepted = fold(accepted, event);
      const settled = written.then(
        () => {
          for (const event of events) {
            durable = fold(durable, event);
            seen?.(event);
          }
        },
        (error: unknown) => {
          accepted = durable;
          throw error;
        },
      );
      return { events, durable: settled };
    },
  };
}
