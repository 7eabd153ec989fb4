// One log as files: `00000001.jsonl`, `00000002.jsonl`, … in a folder of its own. Append with natural group commit:
// one write and fdatasync at a time, what comes meanwhile gathers for the next. Readers see only what is synced.
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock, EventLog, LoggedDraft, LoggedEvent } from '../ports.ts';
import { AppError } from '../protocol/errors.ts';
import { makeFolderDurably, syncFolder, writeDurably } from '../system/durable-file.ts';
import { createGrowth } from './growth.ts';
import { createRecentEvents } from './recent-events.ts';
import { decodeRecord, encodeRecord } from './record.ts';
import { scanIndexed } from './segment-index.ts';
import { cutTail, type RecordPlace, readRecords, scanSegment } from './segment.ts';

interface Pending {
  readonly events: readonly LoggedEvent[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export interface JsonlOptions {
  readonly folder: string;
  /** A folder above it that is surely on disk; default: the one right above. */
  readonly root?: string;
  readonly clock: Clock;
  /** A file that reached this size is followed by a new one. */
  readonly segmentBytes?: number;
  /** How many of the newest events stay in memory for readers at the head. */
  readonly recent?: number;
}

const checkpointName = 'checkpoint';
/** Events of one record are at most so many, unless one append has more. */
const batchEvents = 500;

export async function openJsonlLog(options: JsonlOptions): Promise<EventLog> {
  const { folder, clock, segmentBytes = 64 * 1024 * 1024, recent: keep = 256 } = options;
  const opened = await openSegments(options);
  const { places, damaged } = opened;
  const recent = createRecentEvents(keep);
  const growth = createGrowth(() => head);
  let { file, segment, size } = opened;
  let head = places.at(-1)?.lastId ?? 0;
  let nextId = head + 1;
  let queue: Pending[] = [];
  let flushing: Promise<void> | undefined;
  let segmentSpoilt = false;
  let writing: Promise<void> = Promise.resolve();

  /** Ends with `flushing` unset in the same tick in which it saw the queue empty: no append can fall in between. */
  async function flush(): Promise<void> {
    try {
      while (queue.length > 0) {
        const batch = nextBatch();
        try {
          settle(batch, await write(batch));
          growth.grew();
        } catch (error) {
          giveUp(batch, error);
        }
      }
    } finally {
      flushing = undefined;
    }
  }

  function nextBatch(): Pending[] {
    let count = 0;
    const end = queue.findIndex(({ events }) => {
      count += events.length;
      return count > batchEvents;
    });
    return queue.splice(0, end < 0 ? queue.length : Math.max(1, end));
  }

  function settle(batch: readonly Pending[], length: number): void {
    const events = batch.flatMap((pending) => pending.events);
    const [first, last] = [events[0], events.at(-1)];
    if (first && last) {
      places.push({ segment, offset: size, length: length - 1, firstId: first.id, lastId: last.id });
      head = last.id;
    }
    size += length;
    recent.push(events);
    for (const { resolve } of batch) resolve();
  }

  /** Nothing of the batch is on disk: its ids, and those behind them, are free again. */
  function giveUp(batch: readonly Pending[], error: unknown): void {
    for (const pending of [...batch, ...queue]) pending.reject(error);
    queue = [];
    nextId = head + 1;
  }

  /**
   * One record, so that there is never more than one that is not on disk: pages may get there in any order, and a good record
   * behind a bad one then means damage. Gives its length.
   */
  async function write(batch: readonly Pending[]): Promise<number> {
    if (segmentSpoilt || size >= segmentBytes) await startSegment();
    const bytes = encodeRecord(batch.flatMap(({ events }) => events));
    try {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await file.write(bytes, done, bytes.length - done, size + done);
        done += bytesWritten;
      }
      await file.datasync();
      return bytes.length;
    } catch (error) {
      segmentSpoilt = true;
      await file.truncate(size).catch(keepForNextOpen);
      throw isDiskFull(error) ? new AppError('disk_full', undefined, { cause: error }) : error;
    }
  }

  async function startSegment(): Promise<void> {
    const next = segment + 1;
    const created = await open(join(folder, segmentName(next)), 'wx+', 0o600).catch((error: unknown) => {
      throw isDiskFull(error) ? new AppError('disk_full', undefined, { cause: error }) : error;
    });
    await syncFolder(folder);
    await file.close();
    file = created;
    segment = next;
    size = 0;
    segmentSpoilt = false;
  }

  return {
    get head() {
      return head;
    },
    damaged,
    append(drafts: readonly LoggedDraft[]) {
      if (drafts.length === 0) return { events: [], durable: Promise.resolve() };
      if (damaged) return { events: [], durable: Promise.reject(new AppError('log_damaged')) };
      const at = clock.now();
      const events = drafts.map((draft, index) => ({ ...draft, id: nextId + index, at }));
      nextId += events.length;
      const durable = new Promise<void>((resolve, reject) => {
        queue.push({ events, resolve, reject });
      });
      flushing ??= flush();
      return { events, durable };
    },
    async read(after, limit) {
      return recent.behind(after, limit) ?? (await readPlaces(folder, places, after, limit));
    },
    grown: growth.wait,
    checkpoint: {
      read: () => readIfThere(join(folder, checkpointName)),
      write(content) {
        const written = writeDurably(join(folder, checkpointName), content);
        writing = written.catch(toldToTheWriter);
        return written;
      },
    },
    async close() {
      await writing;
      await flushing;
      growth.close();
      await file.close();
    },
  };
}

interface Opened {
  readonly places: RecordPlace[];
  readonly damaged: boolean;
  readonly file: FileHandle;
  readonly segment: number;
  readonly size: number;
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

async function openSegments({ folder, root = dirname(folder), clock }: JsonlOptions): Promise<Opened> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const names = (await readdir(folder)).filter((name) => /^\d{8}\.jsonl$/.test(name)).sort();
  if (names.length === 0) await makeFolderDurably(folder, root);
  const places: RecordPlace[] = [];
  let damaged = false;
  let size = 0;
  for (const [index, name] of names.entries()) {
    const path = join(folder, name);
    const scan = await scanIndexed(path, Number.parseInt(name, 10), places.at(-1)?.lastId ?? 0);
    for (const place of scan.records) places.push(place);
    size = scan.good;
    if (scan.state === 'whole') continue;
    const isLast = index === names.length - 1;
    if (
      scan.state === 'damaged' ||
      !(isLast || (await nothingBehind(folder, names.slice(index + 1), places)))
    ) {
      damaged = true;
      break;
    }
    await cutTail(path, scan.good, clock.now());
  }
  const lastName = names.at(-1);
  const file = await open(join(folder, lastName ?? segmentName(1)), lastName ? 'r+' : 'wx+', 0o600);
  // What an earlier daemon wrote and could not sync any more is read as any other: it must be on disk before that.
  await file.sync();
  await syncFolder(folder);
  return { ...{ places, damaged, file, size }, segment: lastName ? Number.parseInt(lastName, 10) : 1 };
}

/** A segment that a failed write spoilt may have a torn end although later ones follow; they must join without a gap. */
async function nothingBehind(
  folder: string,
  names: readonly string[],
  places: readonly RecordPlace[],
): Promise<boolean> {
  for (const name of names) {
    const scan = await scanSegment(join(folder, name), Number.parseInt(name, 10), places.at(-1)?.lastId ?? 0);
    if (scan.state === 'damaged') return false;
    if (scan.records.length > 0) return true;
  }
  return true;
}

/** Records of one read are not much more bytes than this, unless one alone is: every reader that waits holds what it read. */
const readBytes = 1 << 18;

async function readPlaces(
  folder: string,
  places: readonly RecordPlace[],
  after: number,
  limit: number,
): Promise<LoggedEvent[]> {
  const found: LoggedEvent[] = [];
  let index = firstBehind(places, after);
  let size = 0;
  while (index < places.length && found.length < limit && size < readBytes) {
    const row = rowFrom(places, index, limit - found.length);
    index += row.length;
    size += row.reduce((sum, { length }) => sum + length, 0);
    const file = await open(join(folder, segmentName(row[0]?.segment ?? 1)), 'r');
    try {
      for (const bytes of await readRecords(file, row)) {
        const events = decodeRecord(bytes);
        if (!events) throw new AppError('log_damaged');
        for (const event of events) if (event.id > after) found.push(event);
      }
    } finally {
      await file.close();
    }
  }
  return found;
}

/** The records from `index` on that one read can bring: of one segment, with about `limit` events. */
function rowFrom(places: readonly RecordPlace[], index: number, limit: number): RecordPlace[] {
  const row: RecordPlace[] = [];
  const first = places[index];
  for (const place of places.slice(index, index + limit)) {
    if (!first || place.segment !== first.segment) break;
    if (row.length > 0 && place.offset + place.length - first.offset > readBytes) break;
    if (place.firstId - first.firstId >= limit) break;
    row.push(place);
  }
  return row;
}

/** Index of the first record that holds an event behind `after`. */
function firstBehind(places: readonly RecordPlace[], after: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.lastId ?? 0) > after) high = middle;
    else low = middle + 1;
  }
  return low;
}

function segmentName(segment: number): string {
  return `${String(segment).padStart(8, '0')}.jsonl`;
}

function isDiskFull(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOSPC' || code === 'EDQUOT';
}

function toldToTheWriter(): void {}

/** The next open finds the torn end by its checksum, so a truncate that fails too loses nothing. */
function keepForNextOpen(): void {}
