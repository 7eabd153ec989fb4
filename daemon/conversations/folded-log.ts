// A log together with its folded view, twice: as accepted (decisions are made on it) and as durable (readers get it).
// When an append fails the accepted view falls back to the durable one, so a refused event leaves no trace.
import type { EventLog, LoggedDraft, LoggedEvent } from '../ports.ts';
import { pause } from './pause.ts';

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

/** Where to begin other than at the start, and who wants to know how far it is now. */
export interface Head<View> {
  readonly view: View;
  /** Events before the view's end that `seen` gets first. */
  readonly kept: readonly LoggedEvent[];
  /** After the log was read, with the number of events that had to be folded, and after every durable append. */
  readonly folded: (view: View, events: readonly LoggedEvent[]) => void;
}

const readBatch = 500;

/** Reads the log once, behind `from.view` if given. `seen` gets every event in order, from the log and later when it is durable. */
export async function foldLog<View extends { readonly last: number }>(options: {
  log: EventLog;
  empty: View;
  fold: (view: View, event: LoggedEvent) => View;
  seen?: (event: LoggedEvent) => void;
  from?: Head<View> | undefined;
}): Promise<FoldedLog<View>> {
  const { log, fold, seen, from } = options;
  let durable = from?.view ?? options.empty;
  for (const event of from?.kept ?? []) seen?.(event);
  for (;;) {
    const events = await log.read(durable.last, readBatch);
    if (events.length === 0) break;
    for (const event of events) {
      durable = fold(durable, event);
      seen?.(event);
    }
    from?.folded(durable, events);
    await pause();
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
          from?.folded(durable, events);
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
