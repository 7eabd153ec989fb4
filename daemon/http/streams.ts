// Reading a log at a cursor, as every transport does it: an explicit reset or snapshot where the cursor does not fit, then
// events, then `live`, then more events as they come, and `live` again when the disk comes into trouble or out of it. A
// transport is a `for await` over this plus a framing.
import type { Disk, EventLog } from '../ports.ts';
import { refusals } from '../protocol/errors.ts';
import type { Cursor, StreamRecord, Trouble } from '../protocol/frames.ts';
import type { Page, Pages } from './pages.ts';

/** A log with what a reader needs beside it. */
export interface LogSource {
  readonly name: string;
  readonly log: EventLog;
  readonly pages: Pages;
  readonly disk: Pick<Disk, 'trouble' | 'watch'>;
  readonly epoch: string;
  /** Of the web app that is served: a page of another build offers to reload. */
  readonly buildId: string;
  /** The tail of the folded view, as durable as the log. */
  readonly snapshot: () => { readonly last: number };
}

/** As the protocol has them, but with events that are JSON already, the same object for all who read the same. */
export type SourceRecord =
  | Exclude<StreamRecord, { type: 'events' }>
  | { readonly type: 'events'; readonly log: string; readonly page: Page };

/** A reader further behind than this gets a snapshot, if it takes any. */
const farBehind = 2000;

/** Ends when `signal` fires or the log is closed. Holds no more than what it gave last. */
export async function* records(
  source: LogSource,
  cursor: Cursor,
  signal: AbortSignal,
): AsyncGenerator<SourceRecord> {
  const { name, log, pages, epoch, buildId } = source;
  let { after } = cursor;
  if ((cursor.epoch !== undefined && cursor.epoch !== epoch) || after > log.head) {
    yield { type: 'reset', log: name, epoch };
    after = 0;
  }
  if (cursor.snapshot && log.head > 0 && (after === 0 || log.head - after > farBehind)) {
    const view = { ...source.snapshot() };
    yield { type: 'snapshot', log: name, epoch, view };
    after = view.last;
  }
  let said: string | undefined;
  const either = untilTroubleChanges(source, signal);
  try {
    for (;;) {
      const page = await pages.behind(log, after);
      if (page) {
        after = page.last;
        yield { type: 'events', log: name, page };
        continue;
      }
      const changed = either.next();
      const trouble = troubleOf(source);
      const words = trouble?.message ?? '';
      if (said !== words)
        yield { type: 'live', log: name, head: after, buildId, ...(trouble ? { trouble } : {}) };
      said = words;
      if (!(await log.grown(after, changed)) && (signal.aborted || !changed.aborted)) return;
    }
  } finally {
    either.stop();
  }
}

function troubleOf({ log, disk }: LogSource): Trouble | undefined {
  if (log.damaged) return { code: 'log_damaged', message: refusals.log_damaged.sentence };
  return disk.trouble;
}

/** Signals that fire when the disk's trouble changes, one after the other, or for good when `signal` does. */
function untilTroubleChanges({ disk }: LogSource, signal: AbortSignal) {
  let current = new AbortController();
  const fire = () => current.abort();
  const unwatch = disk.watch(fire);
  signal.addEventListener('abort', fire, { once: true });
  if (signal.aborted) fire();
  return {
    next(): AbortSignal {
      if (current.signal.aborted && !signal.aborted) current = new AbortController();
      return current.signal;
    },
    stop(): void {
      unwatch();
      signal.removeEventListener('abort', fire);
    },
  };
}
