// A file on its way to the computer, as this device keeps it, and how far it is. Types, and what follows from them. Pure.
import type { Attachment } from '../../daemon/protocol/events.ts';

/** As it lies on disk until a message has brought it to the computer. */
export interface StoredFile {
  /** Its order is the order of choosing. */
  readonly fileId: string;
  readonly conversationId: string;
  readonly name: string;
  /** As the browser tells it; the computer looks for itself. */
  readonly mediaType: string;
  readonly size: number;
  /** Left out for a file that is on the computer already. */
  readonly blob?: Blob;
  /** Large pictures are made smaller before they are sent. */
  readonly isPrepared: boolean;
  readonly width?: number;
  readonly height?: number;
  /** Its name on the computer, once it was announced there. */
  readonly uploadId?: string;
  /** All of it is on the computer. */
  readonly isThere?: true;
}

export type FileState =
  /** `reason`: why the computer did not take it yet; it is asked again. */
  | { readonly kind: 'waiting'; readonly reason?: string }
  | { readonly kind: 'going'; readonly sent: number }
  | { readonly kind: 'there' }
  /** `mayRetry`: it may be taken another time as it is. */
  | { readonly kind: 'refused'; readonly reason: string; readonly mayRetry: boolean };

export interface LocalFile extends StoredFile {
  readonly state: FileState;
  /** It left the draft with a message. */
  readonly isTaken: boolean;
}

/** The files of a conversation's draft: those that no message has taken. */
export function draftFiles(
  files: readonly LocalFile[],
  conversationId: string,
  taken: ReadonlySet<string>,
): readonly LocalFile[] {
  return files.filter(
    (file) => file.conversationId === conversationId && !file.isTaken && !taken.has(file.fileId),
  );
}

/** How a file looks that is on the computer already. */
export function storedAs(
  { uploadId, name, mediaType, size, width, height }: Attachment,
  of: { fileId: string; conversationId: string },
): StoredFile {
  const sides = width && height ? { width, height } : {};
  return { ...of, name, mediaType, size, ...sides, uploadId, isPrepared: true, isThere: true };
}

export function localFrom(stored: StoredFile): LocalFile {
  const state: FileState = stored.isThere ? { kind: 'there' } : { kind: 'waiting' };
  return { ...stored, state, isTaken: false };
}

/** Without what belongs to this visit only. */
export function storedFrom({ state: _state, isTaken: _taken, ...stored }: LocalFile): StoredFile {
  return stored;
}
