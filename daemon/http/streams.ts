// Reading a log at a cursor, as every transport does it: an explicit reset or snapshot where the cursor does not fit, then
// events, then `live`, then more events as they come, and `live` again when the disk comes into trouble or out of it. A
// transport is a `for await` over this plus a framing, or, where there are thousands, what is called for each record.
import type { Dispose, Disk, EventLog } from '../ports.ts';
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

/** Ends when `signal` fires or the log is closed. */
export async function* records(
  source: LogSource,
  cursor: Cursor,
  signal: AbortSignal,
): AsyncGenerator<SourceRecord> {
  const next = openReader(source, cursor);
  let wake: () => void = nobodyWaits;
  const told = () => wake();
  const unwatch = watch(source, told);
  signal.addEventListener('abort', told, { once: true });
  try {
    while (!signal.aborted) {
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const record = await next();
      if (record) {
        yield record;
        continue;
      }
      if (source.log.isClosed) return;
      await woken;
    }
  } finally {
    unwatch();
    signal.removeEventListener('abort', told);
  }
}

/**
 * Hands each record to `take` and waits until it is taken, until the log is closed or it is disposed of; `ended` is told which
 * error ended it, if any. While nothing happens it is a place in the log and no more.
 */
export function follow(options: {
  source: LogSource;
  cursor: Cursor;
  take: (record: SourceRecord) => Promise<void>;
  ended: (error?: unknown) => void;
}): Dispose {
  const { source, cursor, take, ended } = options;
  const next = openReader(source, cursor);
  let isOver = false;
  let isReading = false;
  let isTold = false;
  const unwatch = watch(source, told);
  told();
  return end;

  function told(): void {
    isTold = true;
    if (!isReading) void readOn();
  }

  async function readOn(): Promise<void> {
    isReading = true;
    try {
      while (isTold && !isOver) {
        isTold = false;
        for (let record = await next(); record && !isOver; record = await next()) await take(record);
      }
      isReading = false;
      if (isOver || !source.log.isClosed) return;
      end();
      ended();
    } catch (error) {
      if (isOver) return;
      end();
      ended(error);
    }
  }

  function end(): void {
    isOver = true;
    unwatch();
  }
}

/** What comes next behind the cursor; undefined when there is nothing for now. One call at a time. */
function openReader(source: LogSource, cursor: Cursor): () => Promise<SourceRecord | undefined> {
  const { name, log, pages, epoch, buildId } = source;
  let { after } = cursor;
  let isVoid = (cursor.epoch !== undefined && cursor.epoch !== epoch) || after > log.head;
  let takesSnapshot = cursor.snapshot === true;
  let said: string | undefined;
  return async () => {
    if (isVoid) {
      isVoid = false;
      after = 0;
      return { type: 'reset', log: name, epoch };
    }
    if (takesSnapshot) {
      takesSnapshot = false;
      if (log.head > 0 && (after === 0 || log.head - after > farBehind)) {
        const view = { ...source.snapshot() };
        after = view.last;
        return { type: 'snapshot', log: name, epoch, view };
      }
    }
    const page = await pages.behind(log, after);
    if (page) {
      after = page.last;
      return { type: 'events', log: name, page };
    }
    const trouble = troubleOf(source);
    const words = trouble?.message ?? '';
    if (said === words) return undefined;
    said = words;
    return { type: 'live', log: name, head: after, buildId, ...(trouble ? { trouble } : {}) };
  };
}

function watch({ log, disk }: LogSource, told: () => void): Dispose {
  const stops = [log.watch(told), disk.watch(told)];
  return () => {
    for (const stop of stops) stop();
  };
}

function nobodyWaits(): void {}

function troubleOf({ log, disk }: LogSource): Trouble | undefined {
  if (log.damaged) return { code: 'log_damaged', message: refusals.log_damaged.sentence };
  return disk.trouble;
}
