// One line of a log file: JSON array of events, TAB, CRC-32 of the JSON in 8 hex digits, LF.
// A line holds all that was written at once: one append or several. It is on disk as a whole or not at all.
import { crc32 } from 'node:zlib';
import type { LoggedEvent } from '../ports.ts';

const tab = 0x09;

export function encodeRecord(events: readonly LoggedEvent[]): Buffer {
  return encodeTexts(events.map((event) => JSON.stringify(event)));
}

/** As encodeRecord, of events that are JSON already. */
export function encodeTexts(texts: readonly string[]): Buffer {
  const json = Buffer.from(`[${texts.join(',')}]`);
  return Buffer.concat([json, Buffer.from(`\t${checksum(json)}\n`)]);
}

/** The events of a line (without its LF); undefined when it is torn or damaged. */
export function decodeRecord(line: Buffer): readonly LoggedEvent[] | undefined {
  const end = line.length - 9;
  if (end < 2 || line[end] !== tab) return undefined;
  const json = line.subarray(0, end);
  if (line.toString('latin1', end + 1) !== checksum(json)) return undefined;
  return JSON.parse(json.toString('utf8')) as readonly LoggedEvent[];
}

function checksum(bytes: Buffer): string {
  return crc32(bytes).toString(16).padStart(8, '0');
}
