// Writes a segment anew beside the old one, without the deltas that it can do without, in small steps that keep nobody waiting.
// What is written is read again and checked before it may take the old one's place; doing that is the log's own business.
import { type FileHandle, open, rename, statfs, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { LoggedEvent } from '../ports.ts';
import { AppError } from '../protocol/errors.ts';
import { type DeltaRange, findSuperfluousDeltas, foldAway } from '../protocol/folded-deltas.ts';
import { encodeTexts } from './record.ts';
import { removeIndex } from './segment-index.ts';
import { type RecordPlace, readRecords, scanSegment, writeAll } from './segment.ts';
import { foldingSuffix, readEvents, rowFrom, segmentName } from './segments.ts';

export interface FoldedSegment {
  /** Where it lies, synced, until it is renamed. */
  readonly temp: string;
  readonly records: readonly RecordPlace[];
  readonly size: number;
}

/** Records of one step: a few ms of work. */
const recordsAtOnce = 100;
/** A new record gathers events of about so many bytes. */
const recordBytes = 1 << 14;
/**
 * `places` are all records of one segment. Undefined when there is too little to win, no room, or `signal` fired. Rejects with
 * `log_damaged` when the old file, or what was written, does not read as it should; then nothing is left of it.
 */
export async function foldSegment(options: {
  folder: string;
  places: readonly RecordPlace[];
  /** Of the events so many must go, or the writing is not worth it: from 0 to 1. */
  worth: number;
  signal: AbortSignal;
}): Promise<FoldedSegment | undefined> {
  const { folder, places, worth, signal } = options;
  const [first, last] = [places[0], places.at(-1)];
  if (!first || !last) return undefined;
  const path = join(folder, segmentName(first.segment));
  const temp = `${path}${foldingSuffix}`;
  const old = await open(path, 'r');
  try {
    const { ranges, share } = await findRanges(old, places, signal);
    if (ranges.length === 0 || share < worth || signal.aborted || !(await hasRoom(folder, 2 * last.offset)))
      return undefined;
    const made = await open(temp, 'wx', 0o600);
    try {
      await writeFolded({ from: old, to: made, places, ranges, signal });
      await made.sync();
    } finally {
      await made.close();
    }
    const scan = signal.aborted ? undefined : await scanSegment(temp, first.segment, first.firstId - 1);
    if (scan?.state === 'whole' && scan.records.at(-1)?.lastId === last.lastId)
      return { temp, records: scan.records, size: scan.good };
    if (scan) throw new AppError('log_damaged');
  } catch (error) {
    await unlink(temp).catch(neverMade);
    throw error;
  } finally {
    await old.close();
  }
  await unlink(temp);
  return undefined;
}

/**
 * The folded segment takes the old one's name, with what came to the old one's end meanwhile (`news`): at every moment one of
 * the two, whole, has the name. Nobody may write or read the segment now. The folder has still to be synced. When it rejects
 * the old one is in its place.
 */
export async function takePlace(options: {
  folder: string;
  folded: FoldedSegment;
  number: number;
  news: readonly RecordPlace[];
}): Promise<{ file: FileHandle; records: readonly RecordPlace[]; size: number }> {
  const { folder, folded, number, news } = options;
  const path = join(folder, segmentName(number));
  const file = await open(folded.temp, 'r+');
  try {
    const records = [...folded.records];
    let { size } = folded;
    for (let index = 0; index < news.length; ) {
      const row = rowFrom(news, index, recordsAtOnce);
      index += row.length;
      const bytes = await readRow(path, row);
      await writeAll(file, Buffer.concat(bytes.flatMap((record) => [record, lf])), size);
      for (const place of row) {
        records.push({ ...place, offset: size });
        size += place.length + 1;
      }
    }
    await file.sync();
    await removeIndex(path);
    await rename(folded.temp, path);
    return { file, records, size };
  } catch (error) {
    await file.close();
    await unlink(folded.temp);
    throw error;
  }
}

async function readRow(path: string, row: readonly RecordPlace[]): Promise<Buffer[]> {
  const file = await open(path, 'r');
  try {
    return await readRecords(file, row);
  } finally {
    await file.close();
  }
}

const lf = Buffer.from('\n');

/** What can go, and which share of the events that is. */
async function findRanges(
  file: FileHandle,
  places: readonly RecordPlace[],
  signal: AbortSignal,
): Promise<{ ranges: readonly DeltaRange[]; share: number }> {
  const superfluous = findSuperfluousDeltas();
  let count = 0;
  for await (const events of steps(file, places, signal)) {
    for (const event of events) superfluous.see(event);
    count += events.length;
  }
  const ranges = superfluous.ranges();
  const gone = ranges.reduce((sum, { from, to }) => sum + to - from, 0);
  return { ranges, share: gone / count };
}

async function writeFolded(options: {
  from: FileHandle;
  to: FileHandle;
  places: readonly RecordPlace[];
  ranges: readonly DeltaRange[];
  signal: AbortSignal;
}): Promise<void> {
  const { from, to, places, ranges, signal } = options;
  const fold = foldAway(ranges);
  let size = 0;
  let texts: string[] = [];
  let length = 0;

  async function write(): Promise<void> {
    if (texts.length === 0) return;
    const record = encodeTexts(texts);
    await writeAll(to, record, size);
    size += record.length;
    texts = [];
    length = 0;
  }

  for await (const events of steps(from, places, signal)) {
    for (const event of events.flatMap(fold)) {
      const text = JSON.stringify(event);
      if (length + text.length > recordBytes) await write();
      texts.push(text);
      length += text.length;
    }
  }
  await write();
}

/** The events of all records; lets others have their turn between two steps. Ends early when `signal` fires. */
async function* steps(
  file: FileHandle,
  places: readonly RecordPlace[],
  signal: AbortSignal,
): AsyncGenerator<readonly LoggedEvent[]> {
  for (let index = 0; index < places.length && !signal.aborted; ) {
    const row = rowFrom(places, index, recordsAtOnce);
    index += row.length;
    yield await readEvents(file, row);
    await pause();
  }
}

async function hasRoom(folder: string, bytes: number): Promise<boolean> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize > bytes;
}

function neverMade(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}

/** Lets others have their turn. */
function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
