// Uploads on disk, behind the UploadFiles port: `conversations/<id>/uploads/<uploadId>`, and beside it `<uploadId>.json`, which is
// called `<uploadId>.pending.json` as long as no message has it. Files are 0600 and never executable; links are not followed.
import {
  constants,
  type FileHandle,
  link,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  unlink,
} from 'node:fs/promises';
import { join } from 'node:path';
import type { Disk } from '../ports.ts';
import type { FoundUpload, PendingUpload, UploadFiles, UploadRecord } from '../ports/uploads.ts';
import { AppError } from '../protocol/errors.ts';
import { makeFolderDurably, syncFolder, writeDurably } from './durable-file.ts';
import { kindOfFile } from './file-kinds.ts';

const pendingEnding = '.pending.json';
const reading = constants.O_RDONLY | constants.O_NOFOLLOW;
const writing = constants.O_WRONLY | constants.O_NOFOLLOW;

export function createUploadFiles(home: string, disk: Pick<Disk, 'blame' | 'trouble'>): UploadFiles {
  const conversations = join(home, 'conversations');
  const folderOf = (conversationId: string) => join(conversations, conversationId, 'uploads');
  const pathOf = (conversationId: string, uploadId: string) => join(folderOf(conversationId), uploadId);

  /** Tells what the disk may answer: that the file was taken away, or what `disk` makes of it. */
  async function onDisk<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (error) {
      if (isMissing(error)) throw new AppError('upload_not_found', undefined, { cause: error });
      throw await disk.blame(error);
    }
  }

  async function folder(conversationId: string): Promise<string> {
    const path = folderOf(conversationId);
    await onDisk(makeFolderDurably(path, home));
    return path;
  }

  async function write(path: string, record: UploadRecord): Promise<void> {
    await onDisk(writeDurably(path, JSON.stringify(record)));
  }

  return {
    folder,
    async pending() {
      const found: PendingUpload[] = [];
      for (const conversationId of await namesIn(conversations)) {
        for (const name of await namesIn(folderOf(conversationId))) {
          if (!name.endsWith(pendingEnding)) continue;
          const uploadId = name.slice(0, -pendingEnding.length);
          const path = pathOf(conversationId, uploadId);
          const [record, length] = await Promise.all([readRecord(`${path}${pendingEnding}`), lengthOf(path)]);
          if (record && length !== undefined) found.push({ conversationId, uploadId, record, length });
        }
      }
      return found;
    },
    async create(conversationId, uploadId, record) {
      refuseInTrouble(disk);
      const path = join(await folder(conversationId), uploadId);
      await (await onDisk(open(path, 'wx', 0o600))).close();
      await write(`${path}${pendingEnding}`, record);
    },
    async append({ conversationId, uploadId, offset, end, chunks, signal, wrote }) {
      const path = pathOf(conversationId, uploadId);
      const file = await onDisk(open(path, writing));
      let length = offset;
      try {
        for await (const chunk of untilGone(chunks, signal)) {
          if (length + chunk.length > end)
            throw new AppError('bad_request', 'That is more than the file’s size.');
          refuseInTrouble(disk);
          await onDisk(writeAll(file, chunk, length));
          length += chunk.length;
          wrote(length);
        }
      } finally {
        const synced = file.datasync().catch((error: unknown) => {
          // Nobody knows which of the bytes are on disk: the phone sends them again.
          wrote(offset);
          throw error;
        });
        await onDisk(synced).finally(() => file.close());
      }
    },
    async finish(conversationId, uploadId, record) {
      const path = pathOf(conversationId, uploadId);
      const finished = { ...record, kind: await onDisk(kindOfFile(path)) };
      await write(`${path}${pendingEnding}`, finished);
      return finished;
    },
    async claim(conversationId, uploadId) {
      const path = pathOf(conversationId, uploadId);
      await rename(`${path}${pendingEnding}`, `${path}.json`).catch(async (error: unknown) => {
        // Claimed by a second message that came at the same time.
        if (!isMissing(error) || !(await readRecord(`${path}.json`))) throw error;
      });
      await syncFolder(folderOf(conversationId));
    },
    async keep(conversationId, uploadId, bytes, name) {
      const path = join(await folder(conversationId), uploadId);
      const before = await readRecord(`${path}.json`);
      if (before && (await lengthOf(path)) === bytes.length) return before;
      await onDisk(writeDurably(path, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)));
      const { mtimeMs: at } = await stat(path);
      const kind = await kindOfFile(path);
      const record = { name, size: bytes.length, deviceId: '', at: Math.round(at), kind };
      await write(`${path}.json`, record);
      return record;
    },
    async share(from, to, uploadIds) {
      const folderTo = uploadIds.length > 0 ? await folder(to) : '';
      for (const uploadId of new Set(uploadIds)) {
        // Links: neither is ever changed, and each goes with its own conversation.
        for (const name of [uploadId, `${uploadId}.json`])
          await link(pathOf(from, name), join(folderTo, name)).catch(ignoreMissing);
      }
    },
    async find(conversationId, uploadId): Promise<FoundUpload | undefined> {
      const path = pathOf(conversationId, uploadId);
      const record = (await readRecord(`${path}.json`)) ?? (await readRecord(`${path}${pendingEnding}`));
      if (!record?.kind || (await lengthOf(path)) !== record.size) return undefined;
      return {
        record: { ...record, kind: record.kind },
        path,
        bytes: () => readFile(path, { flag: reading }),
        chunks: () => piecesOf(path),
      };
    },
    async remove(conversationId, uploadId) {
      const path = pathOf(conversationId, uploadId);
      await rm(path, { force: true });
      await unlink(`${path}${pendingEnding}`).catch(ignoreMissing);
    },
  };
}

/** The reserve on a full disk is not for files. */
function refuseInTrouble({ trouble }: Pick<Disk, 'trouble'>): void {
  if (trouble) throw new AppError(trouble.code, trouble.message);
}

/** What comes, until it ends, breaks off, or nobody waits for more: a phone that went away leaves a silent connection behind. */
async function* untilGone(
  chunks: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const source = chunks[Symbol.asyncIterator]();
  const gone = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  for (;;) {
    const next = await Promise.race([gone, source.next()]);
    if (!next || next.done || signal.aborted) return;
    yield next.value;
  }
}

async function* piecesOf(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path, reading);
  try {
    yield* file.createReadStream({ autoClose: false });
  } finally {
    await file.close();
  }
}

async function writeAll(file: FileHandle, chunk: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < chunk.length; ) {
    const { bytesWritten } = await file.write(chunk, done, chunk.length - done, at + done);
    done += bytesWritten;
  }
}

async function readRecord(path: string): Promise<UploadRecord | undefined> {
  try {
    // Written by this file alone.
    return JSON.parse(await readFile(path, 'utf8')) as UploadRecord;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function lengthOf(path: string): Promise<number | undefined> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

function ignoreMissing(error: unknown): void {
  if (!isMissing(error)) throw error;
}

function isMissing(error: unknown): boolean {
  return codeOf(error) === 'ENOENT' || codeOf(error) === 'ENOTDIR';
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
