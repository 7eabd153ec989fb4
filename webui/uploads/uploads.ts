// The files that were chosen on this device: kept on its disk until a message has brought them to the computer, sent one after the
// other whenever the computer can be reached, from where the last try ended. The sending itself is loaded when it is needed.
import { type ReadonlySignal, signal } from '@preact/signals';
import { AppError, type ErrorCode } from '../../daemon/protocol/errors.ts';
import type { Attachment } from '../../daemon/protocol/events.ts';
import type { Access } from '../access.ts';
import { newClientId } from '../client-id.ts';
import { asDiskMay, type Database } from '../database.ts';
import { Unreachable } from '../http.ts';
import { type LocalFile, localFrom, type StoredFile, storedAs, storedFrom } from './stored-file.ts';

export interface Uploads {
  /** In the order of choosing. */
  readonly files: ReadonlySignal<readonly LocalFile[]>;
  add(conversationId: string, chosen: readonly File[]): void;
  /** Files that are on the computer already, for another message. */
  adopt(conversationId: string, attachments: readonly Attachment[]): readonly string[];
  /** Out of the draft, into a message. */
  take(fileIds: readonly string[]): void;
  retry(fileId: string): void;
  remove(fileId: string): void;
  /** What they are called on the computer. Throws `Unreachable` as long as one is on its way, `AppError` for a refused one. */
  uploadIds(fileIds: readonly string[]): readonly string[];
  /** The computer no longer has one of them: all are sent anew. */
  startOver(fileIds: readonly string[]): void;
  /** Sends what waits, as long as it goes. Called at every new connection. */
  go(): void;
  /** The conversation is gone, and its files with it, but for those of messages that are still here. */
  forget(conversationId: string, but: ReadonlySet<string>): void;
}

/** Refusals that hold for every file at this moment: nothing more is tried for now. */
const passing: readonly ErrorCode[] = ['unauthenticated', 'challenge_over', 'rate_limited', 'stopping'];
/** Refusals that hold for this file at this moment: it waits, and says why, and the others go on. */
const putOff: readonly ErrorCode[] = ['too_many_uploads', 'internal', 'disk_full'];
/** Refusals that stay as long as the file is what it is. */
const lasting: readonly ErrorCode[] = ['too_large', 'empty_file'];
/** Files of sent messages whose pictures stay at hand, so that they need not be fetched back. */
const keptAfterwards = 24;
/** Larger ones are most likely refused; they are not written to this device's disk first. */
const largestKept = 64 * 2 ** 20;

export async function openUploads(options: {
  disk: Pick<Database, 'all' | 'put' | 'delete'>;
  access: Pick<Access, 'token' | 'drop'>;
  /** A file has arrived, or will not. */
  settled: () => void;
}): Promise<Uploads> {
  const { disk, access, settled } = options;
  const files = signal<readonly LocalFile[]>((await disk.all('files')).map(localFrom));
  let isGoing = false;
  let isWanted = false;

  const find = (fileId: string) => files.value.find((file) => file.fileId === fileId);

  function change(fileId: string, by: Partial<LocalFile>): void {
    files.value = files.value.map((file) => (file.fileId === fileId ? { ...file, ...by } : file));
  }

  async function keep(file: StoredFile): Promise<void> {
    if (file.size <= largestKept) await asDiskMay(disk.put('files', file.fileId, file));
  }

  const drop = (fileId: string) => asDiskMay(disk.delete('files', fileId));

  function go(): void {
    isWanted = true;
    if (isGoing) return;
    isGoing = true;
    void rounds();
  }

  async function rounds(): Promise<void> {
    try {
      while (isWanted) {
        isWanted = false;
        await sendAll();
      }
    } finally {
      // In the tick in which nothing was wanted, so that a call that comes next is not lost.
      isGoing = false;
    }
  }

  /** Each file that waits is tried once. */
  async function sendAll(): Promise<void> {
    const tried = new Set<string>();
    const next = () =>
      files.value.find(({ state, fileId }) => state.kind === 'waiting' && !tried.has(fileId));
    if (!next()) return;
    const sender = await import('./send-file.ts').catch(() => undefined);
    for (let file = next(); sender && file; file = next()) {
      tried.add(file.fileId);
      if (!(await sendOne(file, sender.sendFile))) return;
    }
  }

  /** False: stop here for now. */
  async function sendOne(file: LocalFile, sendFile: SendFile): Promise<boolean> {
    const { fileId, state } = file;
    // One that says why it waits goes on saying so until it moves.
    if (state.kind !== 'waiting' || state.reason === undefined)
      change(fileId, { state: { kind: 'going', sent: 0 } });
    try {
      await sendFile(storedFrom(file), {
        token: access.token,
        isWanted: () => find(fileId) !== undefined,
        async learned(by) {
          change(fileId, by);
          const now = find(fileId);
          if (now) await keep(storedFrom(now));
        },
        sent: (sent) => change(fileId, { state: { kind: 'going', sent } }),
      });
      change(fileId, { state: { kind: 'there' } });
      settled();
      return true;
    } catch (error) {
      if (error instanceof AppError && error.code === 'unauthenticated') access.drop();
      if (error instanceof Unreachable || (error instanceof AppError && passing.includes(error.code))) {
        change(fileId, { state: { kind: 'waiting' } });
        return false;
      }
      if (error instanceof AppError && putOff.includes(error.code)) {
        change(fileId, { state: { kind: 'waiting', reason: error.message } });
        return true;
      }
      if (!(error instanceof AppError || error instanceof DOMException)) throw error;
      const reason = error instanceof AppError ? error.message : 'This file can no longer be read here.';
      const mayRetry = error instanceof AppError && !lasting.includes(error.code);
      change(fileId, { state: { kind: 'refused', reason, mayRetry } });
      settled();
      return true;
    }
  }

  function again(fileId: string): void {
    files.value = files.value.map((file) => (file.fileId === fileId ? startedOver(file) : file));
    go();
  }

  return {
    files,
    go,
    add(conversationId, chosen) {
      const added = chosen.map((file): LocalFile => {
        const { name, size, type: mediaType } = file;
        const stored = { fileId: newClientId(), conversationId, name: name || 'file', mediaType, size };
        return localFrom({ ...stored, blob: file, isPrepared: false });
      });
      files.value = [...files.value, ...added];
      void Promise.all(added.map((file) => keep(storedFrom(file)))).then(go);
    },
    adopt(conversationId, attachments) {
      const adopted = attachments.map((each) =>
        localFrom(storedAs(each, { fileId: newClientId(), conversationId })),
      );
      files.value = [...files.value, ...adopted];
      for (const file of adopted) void keep(storedFrom(file));
      return adopted.map(({ fileId }) => fileId);
    },
    take(fileIds) {
      const old = files.value.filter(({ isTaken, state }) => isTaken && state.kind === 'there');
      const dropped = new Set(old.slice(0, -keptAfterwards));
      files.value = files.value
        .filter((file) => !dropped.has(file))
        .map((file) => (fileIds.includes(file.fileId) ? { ...file, isTaken: true } : file));
    },
    retry: again,
    remove(fileId) {
      const file = find(fileId);
      files.value = files.value.filter((other) => other.fileId !== fileId);
      void drop(fileId);
      if (!file?.uploadId || !file.blob) return;
      // What is not dropped now, the computer drops by itself tomorrow.
      void import('./send-file.ts')
        .then((sender) => sender.dropFile(file, access.token))
        .catch(() => undefined);
    },
    uploadIds: (fileIds) =>
      fileIds.flatMap((fileId) => {
        const file = find(fileId);
        if (!file) return [];
        if (file.state.kind === 'refused') throw new AppError('bad_request', file.state.reason);
        if (file.state.kind !== 'there' || !file.uploadId) throw new Unreachable();
        return file.uploadId;
      }),
    startOver: (fileIds) => fileIds.forEach(again),
    forget(conversationId, but) {
      const isGone = (file: LocalFile) => file.conversationId === conversationId && !but.has(file.fileId);
      const gone = files.value.filter(isGone);
      files.value = files.value.filter((file) => !isGone(file));
      for (const { fileId } of gone) void drop(fileId);
    },
  };
}

type SendFile = typeof import('./send-file.ts').sendFile;

function startedOver({ uploadId, isThere: _isThere, ...file }: LocalFile): LocalFile {
  if (file.blob) return { ...file, state: { kind: 'waiting' } };
  const reason = 'This file is no longer on the computer.';
  return { ...file, ...(uploadId ? { uploadId } : {}), state: { kind: 'refused', reason, mayRetry: false } };
}
