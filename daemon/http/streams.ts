// Reading a log at a cursor, as every transport does it: an explicit reset or snapshot where the cursor does not fit, then
// events, then `live`, then more events as they come. A transport is a `for await` over this plus a framing.
import type { EventLog, LoggedEvent } from '../ports.ts';
import type { Cursor, StreamRecord } from '../protocol/frames.ts';

/** A log with what a reader needs beside it. */
export interface LogSource {
  readonly name: string;
  readonly log: EventLog;
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
  let saidLive = false;
  for (;;) {
    const events = await log.read(after, batchSize);
    const last = events.at(-1);
    if (last) {
      for (const part of inParts(events)) yield { type: 'events', log: name, events: part };
      after = last.id;
      continue;
    }
    if (!saidLive) yield { type: 'live', log: name, head: after, buildId };
    saidLive = true;
    if (!(await log.grown(after, signal))) return;
  }
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
