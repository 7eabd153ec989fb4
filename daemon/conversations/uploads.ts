// The rules of uploads: who may add to which, how large and how many, and how a finished one becomes part of a message.
// What no message has after a day is removed. Knows no HTTP and no paths.
import type { Clock } from '../ports.ts';
import type { SourcedDraft } from '../ports/claude.ts';
import type { FileKind, FoundUpload, PendingUpload, UploadFiles, UploadRecord } from '../ports/uploads.ts';
import { AppError } from '../protocol/errors.ts';
import type { Attachment, ConversationDraft } from '../protocol/events.ts';
import { messageFilesTrouble, type UploadPlace, type UploadProgress } from '../protocol/uploads.ts';
import type { Item } from '../protocol/view.ts';
import { cleanName } from './clean-name.ts';
import { keepPictures } from './tool-pictures.ts';

/** Of one device, in all conversations, as long as no message has them: so many, and so many times the largest file. */
const maxPending = 40;
const maxPendingSizes = 20;
const lifetimeMs = 24 * 60 * 60 * 1000;
const sweepMs = 60 * 60 * 1000;

export interface Uploads {
  /** Rejects with `too_large`, `empty_file`, `too_many_uploads`, `conversation_not_found`. */
  announce(
    file: { conversationId: string; name: string; size: number },
    deviceId: string,
  ): Promise<{ uploadId: string }>;
  /** Bytes that are there, of an upload of this device; rejects with `upload_not_found`. */
  progress(place: UploadPlace, deviceId: string): Promise<{ offset: number; size: number }>;
  /**
   * Adds what comes behind byte `offset`; rejects with `upload_moved` when that is not where the upload stands. Whoever comes
   * later is right: an earlier call that still waits for bytes ends.
   */
  append(
    place: UploadPlace,
    part: { deviceId: string; offset: number; chunks: AsyncIterable<Uint8Array> },
  ): Promise<UploadProgress>;
  /** The device no longer wants it; rejects with `upload_not_found` when a message has it already. */
  discard(place: UploadPlace, deviceId: string): Promise<void>;
  find(place: UploadPlace): Promise<FoundUpload>;
  /** From now on a message has these. Rejects with `upload_not_found`, `upload_unfinished`, `too_large`; then none is claimed. */
  claim(conversationId: string, uploadIds: readonly string[]): Promise<readonly Attachment[]>;
  /** Stores what tools gave back, and gives the drafts as they are to be logged: with what each picture really is. */
  keepPictures(
    conversationId: string,
    drafts: readonly SourcedDraft[],
  ): Promise<readonly ConversationDraft[]>;
  /** What the items of one conversation show, another shows too. */
  share(from: string, to: string, items: readonly Item[]): Promise<void>;
  /** Those that are gone from the disk. */
  missing(conversationId: string, attachments: readonly Attachment[]): Promise<readonly Attachment[]>;
  /** The conversation is gone, and its files with it. */
  forget(conversationId: string): void;
}

interface Pending {
  readonly conversationId: string;
  record: UploadRecord;
  length: number;
  /** Ends the call that adds to it. */
  stop: AbortController | undefined;
  adding: Promise<unknown>;
}

export async function openUploads(options: {
  files: UploadFiles;
  clock: Clock;
  newId: () => string;
  maxBytes: () => number;
  exists: (conversationId: string) => boolean;
  /** Told when old uploads could not be removed. */
  failed: (error: unknown) => void;
}): Promise<Uploads> {
  const { files, clock, newId, exists, failed } = options;
  const pending = new Map<string, Pending>();
  for (const upload of await files.pending()) pending.set(upload.uploadId, asPending(upload));

  async function sweep(): Promise<void> {
    for (const [uploadId, { conversationId, record, stop }] of pending) {
      if (clock.now() - record.at < lifetimeMs || stop) continue;
      pending.delete(uploadId);
      await files.remove(conversationId, uploadId);
    }
  }
  function sweepAgain(): void {
    sweep().catch(failed);
    clock.after(sweepMs, sweepAgain);
  }
  sweepAgain();

  function own({ conversationId, uploadId }: UploadPlace, deviceId: string): Pending {
    const upload = pending.get(uploadId);
    if (upload?.conversationId !== conversationId || upload.record.deviceId !== deviceId)
      throw new AppError('upload_not_found');
    return upload;
  }

  function check(deviceId: string, size: number): void {
    if (size === 0) throw new AppError('empty_file');
    const maxBytes = options.maxBytes();
    if (size > maxBytes) throw new AppError('too_large', tooLarge(maxBytes));
    const others = [...pending.values()].filter(({ record }) => record.deviceId === deviceId);
    const total = others.reduce((sum, { record }) => sum + record.size, size);
    if (others.length >= maxPending || total > maxPendingSizes * maxBytes)
      throw new AppError('too_many_uploads');
  }

  return {
    async announce({ conversationId, name, size }, deviceId) {
      if (!exists(conversationId)) throw new AppError('conversation_not_found');
      check(deviceId, size);
      const uploadId = newId();
      const record = { name: cleanName(name), size, deviceId, at: clock.now() };
      const upload = asPending({ conversationId, uploadId, record, length: 0 });
      // Before the disk is asked: of many that come at once each must count.
      pending.set(uploadId, upload);
      try {
        await files.create(conversationId, uploadId, record);
      } catch (error) {
        pending.delete(uploadId);
        throw error;
      }
      return { uploadId };
    },
    async progress(place, deviceId) {
      const upload = own(place, deviceId);
      await finish(place.uploadId, upload);
      return { offset: upload.length, size: upload.record.size };
    },
    async append(place, { deviceId, offset, chunks }) {
      const upload = own(place, deviceId);
      upload.stop?.abort();
      const before = upload.adding;
      const stop = new AbortController();
      upload.stop = stop;
      const adding = before.then(() => add(place, upload, { offset, chunks, signal: stop.signal }));
      upload.adding = adding.catch(() => undefined);
      try {
        return await adding;
      } finally {
        if (upload.stop === stop) upload.stop = undefined;
      }
    },
    async discard(place, deviceId) {
      const upload = own(place, deviceId);
      pending.delete(place.uploadId);
      upload.stop?.abort();
      await upload.adding;
      await files.remove(place.conversationId, place.uploadId);
    },
    async find({ conversationId, uploadId }) {
      const found = await files.find(conversationId, uploadId);
      if (!found || !exists(conversationId)) throw new AppError('upload_not_found');
      return found;
    },
    async claim(conversationId, uploadIds) {
      const found = await Promise.all(
        uploadIds.map(async (uploadId) => {
          const upload = pending.get(uploadId);
          const isUnfinished = upload?.conversationId === conversationId && !upload.record.kind;
          if (isUnfinished) throw new AppError('upload_unfinished');
          const here = await files.find(conversationId, uploadId);
          if (!here) throw new AppError('upload_not_found');
          return attachmentOf(uploadId, here.record, here.record.kind);
        }),
      );
      const trouble = messageFilesTrouble(found);
      if (trouble !== undefined) throw new AppError('too_large', trouble);
      for (const { uploadId } of found) {
        if (!pending.has(uploadId)) continue;
        await files.claim(conversationId, uploadId);
        pending.delete(uploadId);
      }
      return found;
    },
    async missing(conversationId, attachments) {
      const found = await Promise.all(
        attachments.map(({ uploadId }) => files.find(conversationId, uploadId)),
      );
      return attachments.filter((_, index) => !found[index]);
    },
    share: (from, to, items) => files.share(from, to, items.flatMap(uploadsOf)),
    keepPictures: (conversationId, drafts) => keepPictures(files, conversationId, drafts),
    forget(conversationId) {
      for (const [uploadId, upload] of pending) {
        if (upload.conversationId !== conversationId) continue;
        upload.stop?.abort();
        pending.delete(uploadId);
      }
    },
  };

  async function add(
    { conversationId, uploadId }: UploadPlace,
    upload: Pending,
    part: { offset: number; chunks: AsyncIterable<Uint8Array>; signal: AbortSignal },
  ): Promise<UploadProgress> {
    if (part.offset !== upload.length) throw new AppError('upload_moved');
    const end = upload.record.size;
    const wrote = (length: number) => {
      upload.length = length;
    };
    await files.append({ conversationId, uploadId, ...part, end, wrote });
    await finish(uploadId, upload);
    const { record, length: offset } = upload;
    return { offset, ...(record.kind && { attachment: attachmentOf(uploadId, record, record.kind) }) };
  }

  /** When all is there; the daemon may have ended just before it could look. */
  async function finish(uploadId: string, upload: Pending): Promise<void> {
    const { conversationId, record, length } = upload;
    if (length === record.size && !record.kind)
      upload.record = await files.finish(conversationId, uploadId, record);
  }
}

function uploadsOf(item: Item): string[] {
  const shown = item.kind === 'message' ? item.attachments : item.kind === 'tool' ? item.images : undefined;
  return (shown ?? []).map(({ uploadId }) => uploadId);
}

function asPending({ conversationId, record, length }: PendingUpload): Pending {
  return { conversationId, record, length, stop: undefined, adding: Promise.resolve() };
}

function attachmentOf(uploadId: string, { name, size }: UploadRecord, kind: FileKind): Attachment {
  const { mediaType, width, height } = kind;
  return { uploadId, name, mediaType, size, ...(width && height ? { width, height } : {}) };
}

function tooLarge(maxBytes: number): string {
  return `This file is too large: the computer takes up to ${Math.floor(maxBytes / 2 ** 20)} MiB.`;
}
