// One file of a log: reading it through once to find its records, and repairing a torn end.
// It says where records are; it does not keep the events.
import { type FileHandle, open } from 'node:fs/promises';
import type { LoggedEvent } from '../ports.ts';
import { firstIdOf, isDelta } from '../protocol/folded-deltas.ts';
import { writeDurably } from '../system/durable-file.ts';
import { decodeRecord } from './record.ts';

const lf = 0x0a;
const chunkSize = 1 << 20;

/** Where one record lies and which events it holds. */
export interface RecordPlace {
  readonly segment: number;
  readonly offset: number;
  readonly length: number;
  readonly firstId: number;
  readonly lastId: number;
}

export interface Scan {
  readonly records: readonly RecordPlace[];
  /** Bytes of good records from the start of the file. */
  readonly good: number;
  /** `torn`: nothing valid behind `good`; `damaged`: good records follow behind bad bytes, or ids do not join. */
  readonly state: 'whole' | 'torn' | 'damaged';
  /** Text deltas in the records. */
  readonly deltas: number;
}

/** What was found out about the beginning of a file before. */
export type Known = Omit<Scan, 'state'>;

/**
 * Reads the file once. `after` is the id that the first event must follow. `known` are records from the start of the file,
 * up to byte `known.good`, that were found and checked before.
 */
export async function scanSegment(
  path: string,
  segment: number,
  after: number,
  known: Known = { records: [], good: 0, deltas: 0 },
): Promise<Scan> {
  const file = await open(path, 'r');
  try {
    const records = [...known.records];
    let last = records.at(-1)?.lastId ?? after;
    let { good, deltas } = known;
    let bad = false;
    let rest = false;
    for await (const line of linesOf(file, good)) {
      const events = line.complete ? decodeRecord(line.bytes) : undefined;
      // A record of no events says nothing and breaks nothing.
      if (events?.length === 0 && !bad) {
        good = line.offset + line.bytes.length + 1;
        continue;
      }
      if (!events) {
        bad = true;
        continue;
      }
      const end = bad ? undefined : endOf(events, last);
      if (end === undefined) {
        rest = true;
        break;
      }
      deltas += events.filter(isDelta).length;
      records.push({
        segment,
        offset: line.offset,
        length: line.bytes.length,
        firstId: last + 1,
        lastId: end,
      });
      last = end;
      good = line.offset + line.bytes.length + 1;
    }
    return { records, good, state: rest ? 'damaged' : bad ? 'torn' : 'whole', deltas };
  } finally {
    await file.close();
  }
}

/** The id of the last one; undefined when they do not follow `last`, and one another, without a gap. */
function endOf(events: readonly LoggedEvent[], last: number): number | undefined {
  let end = last;
  for (const event of events) {
    if (firstIdOf(event) !== end + 1) return undefined;
    end = event.id;
  }
  return end;
}

/** Writes all of it at `position`: a write that comes short says so only by its count. */
export async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/** Cuts the file behind its last good record and keeps the cut bytes beside it, as `<file>.torn-<at>`. */
export async function cutTail(path: string, good: number, at: number): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const cut = Buffer.alloc(size - good);
    await file.read(cut, 0, cut.length, good);
    await writeDurably(`${path}.torn-${at}`, cut);
    await file.truncate(good);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The bytes of records that lie in a row, each without its LF; read at once. */
export async function readRecords(file: FileHandle, places: readonly RecordPlace[]): Promise<Buffer[]> {
  const [first, last] = [places[0], places.at(-1)];
  if (!first || !last) return [];
  const start = first.offset;
  const bytes = Buffer.alloc(last.offset + last.length - start);
  const { bytesRead } = await file.read(bytes, 0, bytes.length, start);
  const read = bytes.subarray(0, bytesRead);
  return places.map(({ offset, length }) => read.subarray(offset - start, offset - start + length));
}

async function* linesOf(
  file: FileHandle,
  from: number,
): AsyncGenerator<{ bytes: Buffer; offset: number; complete: boolean }> {
  let held: Buffer = Buffer.alloc(0);
  let offset = from;
  for (let position = from; ; ) {
    const chunk = Buffer.alloc(chunkSize);
    const { bytesRead } = await file.read(chunk, 0, chunkSize, position);
    if (bytesRead === 0) break;
    position += bytesRead;
    held =
      held.length > 0 ? Buffer.concat([held, chunk.subarray(0, bytesRead)]) : chunk.subarray(0, bytesRead);
    let start = 0;
    for (let end = held.indexOf(lf, start); end >= 0; end = held.indexOf(lf, start)) {
      yield {
        bytes: held.subarray(start, end),
        offset: offset + start,
        complete: true,
      };
      start = end + 1;
    }
    offset += start;
    held = held.subarray(start);
  }
  if (held.length > 0) yield { bytes: held, offset, complete: false };
}
