// The files of conversations as the daemon needs them of the disk: what comes with messages, and pictures that tools give back.
// Types only, no code; the rules are in conversations/uploads.ts, the disk in system/upload-files.ts.
import type { Attachment } from '../protocol/events.ts';

/** What a file is, told from its content alone. */
export interface FileKind {
  /** `text/plain` for all that is valid UTF-8, `application/octet-stream` for what nobody knows. */
  readonly mediaType: string;
  /** Of pictures, in pixels, as they are shown. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

/** What is known of an upload beside its bytes. */
export interface UploadRecord {
  readonly name: string;
  /** Bytes, when it is complete. */
  readonly size: number;
  /** Who sent it; empty for a tool's picture. */
  readonly deviceId: string;
  readonly at: number;
  /** Set when all bytes are there. */
  readonly kind?: FileKind | undefined;
}

/** An upload that no message has yet. `length`: bytes that are there. */
export interface PendingUpload {
  readonly conversationId: string;
  readonly uploadId: string;
  readonly record: UploadRecord;
  readonly length: number;
}

/** The folder of uploads of each conversation. Ids are checked by the caller; names are never part of a path. */
export interface UploadFiles {
  /** Makes the folder if need be; its absolute path. */
  folder(conversationId: string): Promise<string>;
  /** All that no message has, of all conversations. */
  pending(): Promise<readonly PendingUpload[]>;
  /** Rejects, as all that writes does, with `disk_full` when it is. */
  create(conversationId: string, uploadId: string, record: UploadRecord): Promise<void>;
  /**
   * Writes what comes behind byte `offset`, until it ends or `signal` fires; `wrote` is told the new length after each piece, and
   * what came before the source broke off is kept. Rejects with `upload_not_found` when the file is gone.
   */
  append(options: {
    readonly conversationId: string;
    readonly uploadId: string;
    readonly offset: number;
    /** Rejects with `bad_request` when more comes than up to here. */
    readonly end: number;
    readonly chunks: AsyncIterable<Uint8Array>;
    readonly signal: AbortSignal;
    readonly wrote: (length: number) => void;
  }): Promise<void>;
  /** Looks at the content and keeps what it is. */
  finish(conversationId: string, uploadId: string, record: UploadRecord): Promise<UploadRecord>;
  /** From now on a message has it. */
  claim(conversationId: string, uploadId: string): Promise<void>;
  /** Keeps a whole file at once, as claimed; does nothing when it is there. Resolves with its record. */
  keep(conversationId: string, uploadId: string, bytes: Uint8Array, name: string): Promise<UploadRecord>;
  /** Another conversation has these claimed files too, under the same ids; those that are gone are left out. */
  share(from: string, to: string, uploadIds: readonly string[]): Promise<void>;
  /** Undefined when record or bytes are gone, or not all there. */
  find(conversationId: string, uploadId: string): Promise<FoundUpload | undefined>;
  remove(conversationId: string, uploadId: string): Promise<void>;
}

export interface FoundUpload {
  readonly record: UploadRecord & { readonly kind: FileKind };
  readonly path: string;
  bytes(): Promise<Uint8Array>;
  /** For sending on, piece by piece. */
  chunks(): AsyncIterable<Uint8Array>;
}

/** A picture that a tool gave back, not stored yet. */
export interface Picture {
  /** SHA-256 of the bytes. */
  readonly uploadId: string;
  readonly base64: string;
}

/** A message on its way to Claude. Attachments that are gone from the disk are told of in words. */
export interface OutgoingMessage {
  readonly messageId: string;
  readonly text: string;
  readonly attachments?: readonly Attachment[] | undefined;
}
