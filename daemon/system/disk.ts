// The disk that the home lies on: whether it takes what is written, and a reserve on it, a file that is given up when it is
// full, so that what is under way can still be noted. Looks by itself whether the trouble is over. Knows no logs.
import { randomBytes } from 'node:crypto';
import { open, rm, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, Disk, DiskTrouble } from '../ports.ts';
import { AppError, refusals } from '../protocol/errors.ts';
import { writeDurably } from './durable-file.ts';

const largestReserve = 16 * 2 ** 20;
/** A disk in trouble is looked at again after this, ms; later when a try has just failed. */
const lookMs = { first: 1000, afterFailure: 5000 };

export interface WatchedDisk extends Disk {
  close(): void;
}

/** Where the reserve lies; whoever finds the disk full before there is a daemon may remove it. */
export function reserveOf(home: string): string {
  return join(home, 'reserve');
}

/** Makes the reserve meanwhile; where there is no room for it, there is trouble. */
export function watchDisk({ home, clock }: { home: string; clock: Clock }): WatchedDisk {
  const watchers = new Set<() => void>();
  const full: DiskTrouble = { code: 'disk_full', message: refusals.disk_full.sentence };
  let trouble: DiskTrouble | undefined;
  let cancelLook = () => {};
  let looking: Promise<void> | undefined;
  let isClosed = false;
  /** The reserve is made or removed by one at a time. */
  let making: Promise<unknown> = Promise.resolve();

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = making.then(work);
    making = done.catch(toldToWhoeverAsked);
    return done;
  }

  function become(next: DiskTrouble | undefined, ms = lookMs.first): void {
    const isNews = next?.message !== trouble?.message;
    trouble = next;
    cancelLook();
    if (trouble && !isClosed) cancelLook = clock.after(ms, () => void lookOnce());
    if (isNews) for (const told of [...watchers]) told();
  }

  /** Whoever asks meanwhile waits for the same. */
  function lookOnce(): Promise<void> {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  }

  async function look(): Promise<void> {
    try {
      if (trouble?.code === 'disk_failed') await canWrite(home);
      if (await inTurn(() => makeReserve(home))) return become(undefined);
      await giveUpReserve();
      become(full);
    } catch (error) {
      if (!isOfDisk(error)) throw error;
      await failed(error, lookMs.afterFailure);
    }
  }

  async function giveUpReserve(): Promise<void> {
    try {
      await inTurn(() => rm(reserveOf(home), { force: true }));
    } catch (error) {
      if (!isOfDisk(error)) throw error;
    }
  }

  async function failed(error: DiskError, ms: number): Promise<DiskTrouble> {
    const isFull = error.code === 'ENOSPC' || error.code === 'EDQUOT';
    if (isFull) await giveUpReserve();
    const found = isFull ? full : ({ code: 'disk_failed', message: failedWords(home, error) } as const);
    become(found, ms);
    return found;
  }

  void look();
  return {
    get trouble() {
      return trouble;
    },
    async look() {
      if (trouble) await lookOnce();
      return trouble;
    },
    watch(told) {
      watchers.add(told);
      return () => watchers.delete(told);
    },
    async blame(error) {
      if (!isOfDisk(error)) return error;
      const { code, message } = await failed(error, lookMs.first);
      return new AppError(code, message, { cause: error });
    },
    close() {
      isClosed = true;
      cancelLook();
    },
  };
}

/**
 * Writes the reserve, unless it is there. Undefined, and nothing done, when there is no room for it and a little more. Not
 * zeros, and not a hole: some file systems take no room for either.
 */
async function makeReserve(home: string): Promise<boolean | undefined> {
  const { blocks, bsize, bavail } = await statfs(home);
  const size = Math.min(largestReserve, Math.floor((blocks * bsize) / 8));
  const path = reserveOf(home);
  const there = await stat(path).then(
    (found) => found.size,
    (error: unknown) => {
      if (isOfDisk(error) && error.code === 'ENOENT') return 0;
      throw error;
    },
  );
  if (bavail * bsize + there < size + size / 4) return undefined;
  if (there === size) return true;
  await rm(path, { force: true });
  const file = await open(path, 'wx', 0o600);
  try {
    const piece = randomBytes(Math.min(size, 2 ** 20));
    for (let done = 0; done < size; ) {
      const { bytesWritten } = await file.write(piece, 0, Math.min(piece.length, size - done), done);
      done += bytesWritten;
    }
    await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return true;
}

function toldToWhoeverAsked(): void {}

async function canWrite(home: string): Promise<boolean> {
  const path = join(home, '.probe');
  await writeDurably(path, 'ok\n');
  await rm(path);
  return true;
}

type DiskError = Error & { readonly code: string; readonly path?: string };

/** Errors of processes and of the network have other calls. */
const fileCalls =
  /^(open|close|read|write|fsync|fdatasync|f?truncate|rename|link|unlink|rm|mkdir|rmdir|scandir|[lf]?stat(fs)?|f?chmod|copyfile|watch)$/;

function isOfDisk(error: unknown): error is DiskError {
  if (!(error instanceof Error && 'code' in error && typeof error.code === 'string')) return false;
  return 'syscall' in error && typeof error.syscall === 'string' && fileCalls.test(error.syscall);
}

/** Why the home cannot be used, and what to do about it, for the sentence of whoever was stopped by it. Undefined: not the disk. */
export function reasonOf(error: unknown): string | undefined {
  if (error instanceof AppError) return reasonOf(error.cause);
  if (!isOfDisk(error)) return undefined;
  return reasons[error.code] ?? `the system says ${error.message}`;
}

/** The sentence is for the phone and for the terminal, so it says whose folder. */
function failedWords(home: string, error: DiskError): string {
  return (
    `The computer cannot write to Porchlight’s folder ${home}: ${reasonOf(error)}. Nothing new is begun there; it goes on by ` +
    'itself when this is mended.'
  );
}

const notAllowed =
  'it is not allowed to. Give the folder, and all in it, back to the user who runs Porchlight';
const tooMany = 'too many files are open there. Close some programs';
const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'its disk is full. Make room on it',
  EDQUOT: 'its disk is full, or your share of it is. Make room on it',
  EIO: 'its disk reports errors. Look after the disk, and make a copy of what is on it',
  EROFS: 'its disk can only be read. Make it writable again',
  EACCES: notAllowed,
  EPERM: notAllowed,
  ENOENT: 'the folder, or something in it, is gone. Stop Porchlight, put it back and start again',
  ENOTDIR: 'a file is in the place of a folder. Move it away',
  EMFILE: tooMany,
  ENFILE: tooMany,
};
