// Where the records of a segment lie, kept beside it as `<segment>.index`, so that opening a long log need not read every
// record: one checksum over the file tells whether the index still speaks of it. Never the truth; in doubt it is ignored.
import { open, readFile, rm } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { writeDurably } from '../system/durable-file.ts';
import { type Known, type RecordPlace, type Scan, scanSegment } from './segment.ts';

const magic = 0x504c4932;
/** Magic, bytes that the index speaks of, their checksum, records, text deltas; at the end the checksum of the index itself. */
const headBytes = 20;
/** Offset, length, number of events. */
const placeBytes = 12;
const tailBytes = 4;
/** So many records, or bytes of records, that had to be read are worth an index. */
const worth = { records: 2000, bytes: 1 << 20 };
const chunkBytes = 1 << 20;

/** As scanSegment; reads only what the index does not know, and writes a new one when that was much. */
export async function scanIndexed(path: string, segment: number, after: number): Promise<Scan> {
  const known = await readIndex(path, segment, after);
  const scan = await scanSegment(path, segment, after, known);
  const records = scan.records.length - (known?.records.length ?? 0);
  if (records >= worth.records || scan.good - (known?.good ?? 0) >= worth.bytes) {
    const checksum = await checksumOf(path, scan.good);
    if (checksum !== undefined) await writeDurably(indexPath(path), encode(scan, checksum));
  }
  return scan;
}

/** For a segment that is replaced: the index speaks of what it was. */
export async function removeIndex(path: string): Promise<void> {
  await rm(indexPath(path), { force: true });
}

function indexPath(path: string): string {
  return path.replace(/\.jsonl$/, '.index');
}

async function readIndex(path: string, segment: number, after: number): Promise<Known | undefined> {
  const bytes = await readFile(indexPath(path)).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  if (!bytes || bytes.length < headBytes + tailBytes || bytes.readUInt32LE(0) !== magic) return undefined;
  const body = bytes.subarray(0, -tailBytes);
  if (crc32(body) !== bytes.readUInt32LE(body.length)) return undefined;
  const good = bytes.readUInt32LE(4);
  if ((await checksumOf(path, good)) !== bytes.readUInt32LE(8)) return undefined;
  const records: RecordPlace[] = [];
  let last = after;
  for (let at = headBytes; at < body.length; at += placeBytes) {
    const firstId = last + 1;
    last += body.readUInt32LE(at + 8);
    records.push({
      segment,
      offset: body.readUInt32LE(at),
      length: body.readUInt32LE(at + 4),
      firstId,
      lastId: last,
    });
  }
  return { records, good, deltas: bytes.readUInt32LE(16) };
}

function encode({ records, good, deltas }: Scan, checksum: number): Buffer {
  const body = Buffer.alloc(headBytes + records.length * placeBytes);
  for (const [index, value] of [magic, good, checksum, records.length, deltas].entries())
    body.writeUInt32LE(value, index * 4);
  for (const [index, { offset, length, firstId, lastId }] of records.entries()) {
    const at = headBytes + index * placeBytes;
    body.writeUInt32LE(offset, at);
    body.writeUInt32LE(length, at + 4);
    body.writeUInt32LE(lastId - firstId + 1, at + 8);
  }
  const tail = Buffer.alloc(tailBytes);
  tail.writeUInt32LE(crc32(body));
  return Buffer.concat([body, tail]);
}

/** Of the first `length` bytes; undefined when the file is shorter. */
async function checksumOf(path: string, length: number): Promise<number | undefined> {
  const file = await open(path, 'r');
  try {
    const chunk = Buffer.alloc(chunkBytes);
    let sum = 0;
    for (let done = 0; done < length; ) {
      const { bytesRead } = await file.read(chunk, 0, Math.min(chunkBytes, length - done), done);
      if (bytesRead === 0) return undefined;
      sum = crc32(chunk.subarray(0, bytesRead), sum);
      done += bytesRead;
    }
    return sum;
  } finally {
    await file.close();
  }
}
