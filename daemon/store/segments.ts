// The files of a log, `00000001.jsonl`, `00000002.jsonl`, …: which there are, where their records lie, what is behind a cursor.
// Opening repairs a torn end and removes what an earlier daemon left half written. It does not append.
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, readdir, unlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock, LoggedEvent } from '../ports.ts';
import { AppError } from '../protocol/errors.ts';
import { makeFolderDurably, syncFolder } from '../system/durable-file.ts';
import { decodeRecord } from './record.ts';
import { scanIndexed } from './segment-index.ts';
import { cutTail, type RecordPlace, readRecords, scanSegment } from './segment.ts';

export interface Opened {
  readonly places: RecordPlace[];
  readonly damaged: boolean;
  /** Of the last segment, open for writing. */
  readonly file: FileHandle;
  readonly segment: number;
  /** Bytes of good records in it. */
  readonly size: number;
  /** Text deltas in all segments. */
  readonly deltas: number;
}

/** A segment being rewritten, beside the old one until it takes its place. */
export const foldingSuffix = '.folding';

export async function openSegments({
  folder,
  root = dirname(folder),
  clock,
}: {
  folder: string;
  root?: string;
  clock: Clock;
}): Promise<Opened> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const found = await readdir(folder);
  const names = found.filter((name) => /^\d{8}\.jsonl$/.test(name)).sort();
  if (names.length === 0) await makeFolderDurably(folder, root);
  for (const name of found.filter(isLeftover)) await unlink(join(folder, name));
  const places: RecordPlace[] = [];
  let damaged = false;
  let size = 0;
  let deltas = 0;
  for (const [index, name] of names.entries()) {
    const path = join(folder, name);
    const scan = await scanIndexed(path, Number.parseInt(name, 10), places.at(-1)?.lastId ?? 0);
    for (const place of scan.records) places.push(place);
    size = scan.good;
    deltas += scan.deltas;
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
  return {
    ...{ places, damaged, file, size, deltas },
    segment: lastName ? Number.parseInt(lastName, 10) : 1,
  };
}

/** Half written when the daemon was killed: nobody was told of it, and whatever it was to replace is there. */
function isLeftover(name: string): boolean {
  return name.endsWith('.tmp') || name.endsWith(foldingSuffix);
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

/** Events behind `after`, about `limit`. No segment may be replaced meanwhile. */
export async function readPlaces(
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
      for (const event of await readEvents(file, row)) if (event.id > after) found.push(event);
    } finally {
      await file.close();
    }
  }
  return found;
}

/** The events of records that lie in a row; throws `log_damaged` when they are not as they were. */
export async function readEvents(file: FileHandle, row: readonly RecordPlace[]): Promise<LoggedEvent[]> {
  const records = await readRecords(file, row);
  return records.flatMap((bytes) => {
    const events = decodeRecord(bytes);
    if (!events) throw new AppError('log_damaged');
    return events;
  });
}

/** The records from `index` on that one read can bring: of one segment, at most `limit`. */
export function rowFrom(places: readonly RecordPlace[], index: number, limit: number): RecordPlace[] {
  const row: RecordPlace[] = [];
  const first = places[index];
  for (const place of places.slice(index, index + limit)) {
    if (!first || place.segment !== first.segment) break;
    if (row.length > 0 && place.offset + place.length - first.offset > readBytes) break;
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

export function segmentName(segment: number): string {
  return `${String(segment).padStart(8, '0')}.jsonl`;
}
