// A folded view as bytes, so that a long log need not be folded from its start. Pure. Only saves time: whatever is not
// exactly what this build would have written for this log reads as undefined, and the log is folded instead.
import { crc32 } from 'node:zlib';
import type { LoggedEvent } from '../ports.ts';
import { pause } from './pause.ts';

/** A view in pages, as those of conversations are. */
interface Paged {
  readonly last: number;
  readonly pages: readonly (readonly unknown[])[];
}

export interface Checkpoint<View> {
  readonly view: View;
  /** The events that must be seen again although they are in the view. */
  readonly kept: readonly LoggedEvent[];
  /** The event that the view ends with, by which the log is known again. */
  readonly mark: Pick<LoggedEvent, 'id' | 'at' | 'type'>;
}

/** `version` names the fold: a checkpoint of another one is void. */
export async function encodeCheckpoint<View extends Paged>(
  checkpoint: Checkpoint<View>,
  version: string,
): Promise<Buffer> {
  const { view, kept, mark } = checkpoint;
  const { pages, ...rest } = view;
  const lines = [Buffer.from(JSON.stringify({ mark, kept, rest }))];
  for (const page of pages) {
    lines.push(newline, Buffer.from(JSON.stringify(page)));
    if (lines.length % (2 * pagesAtOnce) === 1) await pause();
  }
  const body = Buffer.concat(lines);
  return Buffer.concat([Buffer.from(`${headOf(version, body)}\n`), body]);
}

/** Undefined for bytes that are damaged or of another version. */
export async function decodeCheckpoint<View extends Paged>(
  bytes: Buffer,
  version: string,
): Promise<Checkpoint<View> | undefined> {
  const end = bytes.indexOf(lf);
  const body = bytes.subarray(end + 1);
  if (end < 0 || bytes.toString('utf8', 0, end) !== headOf(version, body)) return undefined;
  const pages: unknown[] = [];
  let facts: (Omit<Checkpoint<View>, 'view'> & { readonly rest: object }) | undefined;
  for (let start = 0; start < body.length; ) {
    const next = body.indexOf(lf, start);
    const stop = next < 0 ? body.length : next;
    const value = JSON.parse(body.toString('utf8', start, stop));
    if (facts) pages.push(value);
    else facts = value;
    start = stop + 1;
    if (pages.length % pagesAtOnce === pagesAtOnce - 1) await pause();
  }
  if (!facts) return undefined;
  const { mark, kept, rest } = facts;
  // The checksum and the version say that these bytes came out of `encodeCheckpoint` of this build.
  return { mark, kept, view: { ...rest, pages } as unknown as View };
}

const lf = 0x0a;
const newline = Buffer.from('\n');
const pagesAtOnce = 16;

function headOf(version: string, body: Buffer): string {
  return `porchlight checkpoint 1 ${version} ${body.length} ${crc32(body).toString(16)}`;
}
