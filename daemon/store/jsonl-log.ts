// One log as files: `00000001.jsonl`, `00000002.jsonl`, … in a folder of its own. Append with natural group commit:
// one write and fdatasync at a time, what comes meanwhile gathers for the next. Readers see only what is synced.
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Disk, EventLog, LoggedDraft, LoggedEvent } from '../ports.ts';
import { AppError } from '../protocol/errors.ts';
import { isDelta } from '../protocol/folded-deltas.ts';
import { syncFolder, writeDurably } from '../system/durable-file.ts';
import { type FoldedSegment, foldSegment, takePlace } from './fold-segment.ts';
import { createGrowth } from './growth.ts';
import { createRecentEvents } from './recent-events.ts';
import { encodeRecord } from './record.ts';
import { type RecordPlace, writeAll } from './segment.ts';
import { openSegments, readPlaces, segmentName } from './segments.ts';
import { createGate, createTurns } from './turns.ts';

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
  readonly disk?: Pick<Disk, 'blame'>;
  /** A file that reached this size is followed by a new one. */
  readonly segmentBytes?: number;
  /** How many of the newest events stay in memory for readers at the head. */
  readonly recent?: number;
  /** So many text deltas that came since are worth a look at what can be folded away. */
  readonly foldAtLeast?: number;
  /** Of a segment's events at least this share must go, or it is not written anew: from 0 to 1. */
  readonly foldShare?: number;
}

const checkpointName = 'checkpoint';
/** Events of one record are at most so many, unless one append has more. */
const batchEvents = 500;

export async function openJsonlLog(options: JsonlOptions): Promise<EventLog> {
  const {
    folder,
    clock,
    segmentBytes = 64 * 1024 * 1024,
    recent: keep = 256,
    foldAtLeast = 200,
    foldShare = 0.25,
  } = options;
  const opened = await openSegments(options);
  const { places, damaged } = opened;
  const blame = options.disk?.blame ?? (async (error: unknown) => error);
  const recent = createRecentEvents(keep);
  const growth = createGrowth(() => head);
  /** Whatever changes files; what only reads them passes the gate. */
  const alone = createTurns();
  const gate = createGate();
  const closing = new AbortController();
  let { file, segment, size, deltas } = opened;
  let head = places.at(-1)?.lastId ?? 0;
  let nextId = head + 1;
  let queue: Pending[] = [];
  let flushing: Promise<void> | undefined;
  let segmentSpoilt = false;
  let writing: Promise<void> = Promise.resolve();
  let folding: Promise<number> | undefined;
  /** Segments before it have been looked through, and nothing comes to them any more. */
  let firstToFold = places[0]?.segment ?? segment;

  /** Ends with `flushing` unset in the same tick in which it saw the queue empty: no append can fall in between. */
  async function flush(): Promise<void> {
    try {
      while (queue.length > 0) {
        const batch = nextBatch();
        try {
          await alone(async () => settle(batch, await write(batch)));
          for (const { resolve } of batch) resolve();
          growth.grew();
        } catch (error) {
          giveUp(batch, await blame(error));
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
    deltas += events.filter(isDelta).length;
    recent.push(events, length);
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
      await writeAll(file, bytes, size);
      await file.datasync();
      return bytes.length;
    } catch (error) {
      segmentSpoilt = true;
      await file.truncate(size).catch(triedAgain);
      throw error;
    }
  }

  /** May be tried again after it failed half-way: then the file is there, and empty. */
  async function startSegment(): Promise<void> {
    // What was not acknowledged must be gone for sure: its ids are used again in the new one.
    if (segmentSpoilt) await file.truncate(size).then(() => file.sync());
    const next = segment + 1;
    const created = await open(join(folder, segmentName(next)), 'w+', 0o600);
    await syncFolder(folder).catch(async (error: unknown) => {
      await created.close();
      throw error;
    });
    const before = file;
    file = created;
    segment = next;
    size = 0;
    segmentSpoilt = false;
    await before.close().catch(toldToTheWriter);
  }

  /** Gives the bytes that were won. */
  async function foldAll(given: AbortSignal): Promise<number> {
    const signal = AbortSignal.any([given, closing.signal]);
    if (damaged || deltas < foldAtLeast) return 0;
    deltas = 0;
    let won = 0;
    for (let number = firstToFold; number <= segment && !signal.aborted; number++) {
      const isSealed = number < segment;
      const known = placesOf(number);
      const folded = await foldSegment({ folder, places: known, worth: foldShare, signal });
      if (folded) won += await alone(() => gate.shut(() => replace(folded, number, known)));
      if (isSealed && !signal.aborted) firstToFold = number + 1;
    }
    return won;
  }

  const placesOf = (number: number) => places.filter((place) => place.segment === number);

  async function replace(
    folded: FoldedSegment,
    number: number,
    known: readonly RecordPlace[],
  ): Promise<number> {
    const before = placesOf(number);
    const start = places.findIndex((place) => place.segment === number);
    const end = before.at(-1);
    const isLast = number === segment;
    const taken = await takePlace({ folder, folded, number, news: before.slice(known.length) });
    places.splice(start, before.length, ...taken.records);
    const old = isLast ? file : taken.file;
    if (isLast) {
      file = taken.file;
      size = taken.size;
    }
    await old.close();
    try {
      await syncFolder(folder);
    } catch (error) {
      // The old file may come back with a power cut: nothing may be acknowledged that is only in the new one.
      if (isLast) segmentSpoilt = true;
      throw error;
    }
    return (end ? end.offset + end.length + 1 : 0) - taken.size;
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
      const inMemory = recent.behind(after, limit);
      return inMemory ?? gate.pass(() => readPlaces(folder, places, after, limit));
    },
    grown: growth.wait,
    watch: growth.watch,
    get isClosed() {
      return growth.isClosed;
    },
    checkpoint: {
      read: () => readIfThere(join(folder, checkpointName)),
      write(content) {
        const written = writeDurably(join(folder, checkpointName), content);
        writing = written.catch(toldToTheWriter);
        return written;
      },
    },
    fold(signal) {
      folding ??= foldAll(signal).finally(() => {
        folding = undefined;
      });
      return folding;
    },
    async close() {
      closing.abort();
      await folding?.catch(toldToTheWriter);
      await writing;
      await flushing;
      growth.close();
      await file.close();
    },
  };
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function toldToTheWriter(): void {}

/** It is tried again before anything else is written, and the next open finds a torn end by its checksum. */
function triedAgain(): void {}
