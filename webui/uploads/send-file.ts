// Sends one file to the computer: makes a picture smaller first and takes its place out, announces it, and adds piece by piece
// behind what is there. After a break it asks how far the computer got. Loaded when the first file is chosen; never tries again by itself.
import { AppError } from '../../daemon/protocol/errors.ts';
import {
  announceUpload,
  offsetHeader,
  pathOfUpload,
  UploadProgress,
  type UploadPlace,
} from '../../daemon/protocol/uploads.ts';
import { Reply } from '../../daemon/protocol/commands.ts';
import { post, reach, resultOf, Unreachable } from '../http.ts';
import { preparePicture } from './prepare-picture.ts';
import type { StoredFile } from './stored-file.ts';
import { hasPlace, withoutPlace } from './without-place.ts';

/** Small enough that a break costs little and progress is seen, large enough that the line is not kept waiting. */
const pieceBytes = 256 * 1024;

interface Sending {
  token(): Promise<string>;
  /** False when the person has taken it out meanwhile. */
  isWanted(): boolean;
  /** Something that must outlive this visit. */
  learned(by: Partial<StoredFile>): Promise<void>;
  sent(bytes: number): void;
}

/** Rejects with `Unreachable`, `AppError`, or a DOMException when the file cannot be read. */
export async function sendFile(stored: StoredFile, sending: Sending): Promise<void> {
  const file = stored.isPrepared ? stored : await prepared(stored, sending);
  const { blob, conversationId } = file;
  if (!blob) return;
  if (file.size === 0) throw new AppError('empty_file');
  const known = file.uploadId === undefined ? undefined : { conversationId, uploadId: file.uploadId };
  const before = known && (await offsetOf(known, sending));
  const place = known && before !== undefined ? known : await announce(file, sending);
  let offset = before ?? 0;
  while (offset < file.size) {
    if (!sending.isWanted()) return;
    sending.sent(offset);
    offset = await sendPiece(place, { blob, offset }, sending);
  }
  await sending.learned({ isThere: true });
}

export async function dropFile(
  { conversationId, uploadId }: StoredFile,
  token: () => Promise<string>,
): Promise<void> {
  if (uploadId === undefined) return;
  await request({ conversationId, uploadId }, { method: 'DELETE' }, token);
}

async function prepared(file: StoredFile, sending: Sending): Promise<StoredFile> {
  const smaller = file.blob && (await preparePicture(file.blob, file.name));
  const blob = smaller?.blob ?? file.blob;
  const by = { ...smaller, ...(blob && (await keepingQuiet(blob))), isPrepared: true };
  await sending.learned(by);
  return { ...file, ...by };
}

/** Larger ones are no photos, and would have to be held in memory. */
const largestPicture = 64 * 2 ** 20;

/** The picture without what tells where it was made; undefined for what is none. */
async function keepingQuiet(blob: Blob): Promise<{ blob: Blob; size: number } | undefined> {
  const isPicture = hasPlace(new Uint8Array(await blob.slice(0, 12).arrayBuffer()));
  if (!isPicture || blob.size > largestPicture) return undefined;
  const without = withoutPlace(new Uint8Array(await blob.arrayBuffer()));
  return { blob: new Blob([without], { type: blob.type }), size: without.length };
}

async function announce(file: StoredFile, sending: Sending): Promise<UploadPlace> {
  const { conversationId, name, size } = file;
  const input = { conversationId, name, size };
  const { uploadId } = await post(announceUpload, input, { token: await sending.token() });
  await sending.learned({ uploadId });
  return { conversationId, uploadId };
}

/** Undefined when the computer no longer knows of it. */
async function offsetOf(place: UploadPlace, { token }: Sending): Promise<number | undefined> {
  const response = await request(place, { method: 'HEAD' }, token);
  const offset = response.headers.get(offsetHeader);
  if (response.ok && offset !== null) return Number(offset);
  if (response.status === 404) return undefined;
  if (response.status === 401) throw new AppError('unauthenticated');
  throw new Unreachable();
}

/** Where it stands afterwards: also where the computer says it stood, when that is somewhere else. */
async function sendPiece(
  place: UploadPlace,
  { blob, offset }: { blob: Blob; offset: number },
  sending: Sending,
): Promise<number> {
  const body = await blob.slice(offset, offset + pieceBytes).arrayBuffer();
  const headers = { [offsetHeader]: String(offset), 'Content-Type': 'application/offset+octet-stream' };
  const response = await request(place, { method: 'PATCH', headers, body }, sending.token);
  const reply = Reply.safeParse(await response.json().catch(() => undefined));
  if (!reply.success) throw new Unreachable({ cause: reply.error });
  if (!reply.data.ok && reply.data.error.code === 'upload_moved') {
    const there = await offsetOf(place, sending);
    // The same again would go on for ever.
    if (there === undefined || there === offset) throw new Unreachable();
    return there;
  }
  return UploadProgress.parse(resultOf(reply.data)).offset;
}

async function request(
  place: UploadPlace,
  init: { method: string; headers?: Record<string, string>; body?: ArrayBuffer },
  token: () => Promise<string>,
): Promise<Response> {
  const headers = { ...init.headers, Authorization: `Bearer ${await token()}` };
  return reach(pathOfUpload(place), { ...init, headers });
}
