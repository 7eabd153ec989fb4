// What a store is: its epoch, which names this very set of logs to every reader, and the format that they are written in. A
// store that was put back from a copy is another one: its logs may be older than what phones have seen of them.
import { randomBytes } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { writeDurably } from '../system/durable-file.ts';

/** Raised when logs are written in a way that older versions would misread. */
export const storeFormat = 1;

/** The logs were written by a newer Porchlight; `message` says what to do. */
export class NewerStore extends Error {
  override readonly name = 'NewerStore';
}

/** A new epoch, for a store of which something that readers saw is gone. */
export function renewEpoch(path: string): Promise<string> {
  return writeIdentity(path, randomBytes(16).toString('hex'));
}

/** 32 hex digits. Rejects with NewerStore; makes a new epoch where there is none, and where the file is a copy. */
export async function readEpoch(path: string): Promise<string> {
  const found = await readIdentity(path);
  if (!found) return renewEpoch(path);
  if (found.format > storeFormat) {
    throw new NewerStore(
      `${path} was written by a newer Porchlight (format ${found.format}; this one knows ${storeFormat}). ` +
        'Install that version again, or choose another home with --home.',
    );
  }
  // Before there was a mark no copy could be told; the epoch stays.
  if (found.mark === undefined) return writeIdentity(path, found.epoch);
  if (found.mark === (await markOf(path))) return found.epoch;
  return renewEpoch(path);
}

/** The way in which the logs there are written; undefined where there are none. */
export async function formatOf(path: string): Promise<number | undefined> {
  return (await readIdentity(path))?.format;
}

interface Identity {
  readonly epoch: string;
  readonly format: number;
  readonly mark: string | undefined;
}

async function readIdentity(path: string): Promise<Identity | undefined> {
  try {
    const [epoch = '', format = `format ${storeFormat}`] = (await readFile(path, 'utf8')).split('\n');
    const mark = await readFile(`${path}.mark`, 'utf8').catch(whenMissing);
    return { epoch: epoch.trim(), format: Number(format.replace('format ', '')) || storeFormat, mark };
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** The mark is the number that the disk gave the file: a copy of it has another. */
async function writeIdentity(path: string, epoch: string): Promise<string> {
  await writeDurably(path, `${epoch}\nformat ${storeFormat}\n`);
  await writeDurably(`${path}.mark`, await markOf(path));
  return epoch;
}

async function markOf(path: string): Promise<string> {
  return String((await stat(path)).ino);
}

function whenMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
