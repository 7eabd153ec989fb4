// Reading a log at a cursor, as every transport does it: an explicit reset or snapshot where the cursor does not fit, then
// events, then `live`, then more events as they come, and `live` again when the disk comes into trouble or out of it. A
// transport is a `for await` over this plus a framing.
import type { Disk, EventLog, LoggedEvent } from '../ports.ts';
import { refusals } from '../protocol/errors.ts';
import type { Cursor, StreamRecord, Trouble } from '../protocol/frames.ts';

/** A log with what a reader needs beside it. */
export interface LogSource {
  readonly name: string;
  readonly log: EventLog;
  readonly disk: Pick<Disk, 'trouble' | 'watch'>;
  readonly epoch: string;
  /** Of the web app that is served: a page of another build offers to reload. */
  readonly buildId: string;
  /** The tail of the folded view, as durable as the log. */
  readonly snapshot: () => { readonly last: number };
}

const batchSize = 500;
const partBytes = 128 * 1024;
/** A reader further behind than this gets a snapshot, if it takes any. */
const farBehind = 2000;

/** Ends when `signal` fires or the log is closed. */
export async function* records(
  source: LogSource,
  cursor: Cursor,
  signal: AbortSignal,
): AsyncGenerator<StreamRecord> {
  const { name, log, epoch, buildId } = source;
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
      const events = await log.read(after, batchSize);
      const last = events.at(-1);
      if (last) {
        for (const part of inParts(events)) yield { type: 'events', log: name, events: part };
        after = last.id;
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

/** Parts of about `partBytes`, so that a slow reader gets somewhere with each; one larger event is a part of its own. */
function* inParts(events: readonly LoggedEvent[]): Generator<LoggedEvent[]> {
  let part: LoggedEvent[] = [];
  let size = 0;
  for (const event of events) {
    const bytes = events.length === 1 ? 0 : JSON.stringify(event).length;
    if (part.length > 0 && size + bytes > partBytes) {
      yield part;
      part = [];
      size = 0;
    }
    part.push(event);
    size += bytes;
  }
  if (part.length > 0) yield part;
}
