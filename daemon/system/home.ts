// Porchlight's folder: made private, checked, and held by one daemon at a time.
import { createHash } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rename, rm, stat, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { reasonOf, reserveOf } from './disk.ts';
import { makeFolderDurably } from './durable-file.ts';
import type { Processes } from './processes.ts';

/** A home that cannot be used; `message` says why and what to do. */
export class HomeError extends Error {
  override readonly name = 'HomeError';
}

/** Another daemon has this home. */
export class AlreadyRunning extends Error {
  override readonly name = 'AlreadyRunning';
  readonly pid: number;

  constructor(pid: number) {
    super(`Porchlight is already running (process ${pid}).`);
    this.pid = pid;
  }
}

/** Makes the folder, or checks that it, and what is secret in it, is ours alone. Rejects with HomeError. */
export async function prepareHome(home: string, uid: number | undefined): Promise<void> {
  try {
    const made = await mkdir(home, { recursive: true, mode: 0o700 });
    if (made !== undefined) await makeFolderDurably(home, dirname(made));
    await checkPrivate(home, uid);
    const probe = join(home, `.probe-${process.pid}`);
    await (await open(probe, 'wx', 0o600)).close();
    await unlink(probe);
  } catch (error) {
    if (error instanceof HomeError) throw error;
    const reason = reasonOf(error) ?? (error instanceof Error ? error.message : String(error));
    throw new HomeError(`${home} cannot be written to: ${reason}. Or choose another folder with --home.`, {
      cause: error,
    });
  }
}

/** The folders whose own entries are looked at; what lies deeper lies in a private folder then. */
const looked = ['.', 'tls', 'lobby', 'lobby/log', 'conversations'];

/** Only looks. Rejects with HomeError at the first file that is not ours alone. */
export async function checkPrivate(home: string, uid: number | undefined): Promise<void> {
  await check(home);
  for (const folder of looked) {
    for (const name of await readdir(join(home, folder)).catch(whenMissing)) {
      await check(join(home, folder, name));
    }
  }

  async function check(path: string): Promise<void> {
    const found = await stat(path).catch(whenMissing);
    if (!('mode' in found)) return;
    if (uid !== undefined && found.uid !== uid) throw new HomeError(`${path} ${foreignWords(home)}`);
    // Editors make files that all may read, and settings are no secret.
    const forbidden = path === join(home, 'config.json') ? 0o022 : 0o077;
    const command = path === home ? 'chmod 700' : 'chmod -R go=';
    if ((found.mode & forbidden) !== 0) throw new HomeError(`${path} ${wideWords} ${command} ${home}`);
  }
}

function foreignWords(home: string): string {
  return (
    'belongs to another user of this computer. If Porchlight was once started as that user, run: ' +
    `sudo chown -R "$(id -un)" ${home} Otherwise choose another folder with --home.`
  );
}

const wideWords = 'can be read or changed by other users of this computer. To take that from them, run:';

function whenMissing(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
  throw error;
}

export interface Lock {
  release(): Promise<void>;
}

/** The pid of the process that has the home now; undefined when none has, or the one that had is gone. */
export async function pidOfHolder(home: string, processes: Processes): Promise<number | undefined> {
  const holder = parseHolder(await readFile(join(home, 'lock'), 'utf8').catch(() => ''));
  return holder && (await processes.startOf(holder.pid)) === holder.start ? holder.pid : undefined;
}

/**
 * Takes the home for this process. Rejects with AlreadyRunning; a lock whose process is gone is taken over. On a full disk that
 * is what the reserve is given up for, if nobody else runs.
 */
export async function lockHome(home: string, processes: Processes): Promise<Lock> {
  try {
    return await tryToLock(home, processes);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
    const pid = await pidOfHolder(home, processes);
    if (pid !== undefined) throw new AlreadyRunning(pid);
    await rm(reserveOf(home), { force: true });
    return tryToLock(home, processes);
  }
}

async function tryToLock(home: string, processes: Processes): Promise<Lock> {
  const path = join(home, 'lock');
  const own = `${path}.${process.pid}`;
  const start = await processes.startOf(process.pid);
  try {
    // Written first and then linked, so that nobody ever reads half a lock.
    await writeFile(own, JSON.stringify({ pid: process.pid, start }), { mode: 0o600 });
    while (!(await linked(own, path))) {
      const holder = parseHolder(await readFile(path, 'utf8').catch(() => ''));
      if (holder && (await processes.startOf(holder.pid)) === holder.start)
        throw new AlreadyRunning(holder.pid);
      await setAside(path, holder);
    }
  } finally {
    await rm(own, { force: true });
  }
  return { release: () => unlink(path) };
}

/** Takes a dead lock out of the way: by renaming, so that of several who try only one gets it, and puts back what is not it. */
async function setAside(path: string, dead: { pid: number; start: string } | undefined): Promise<void> {
  const aside = `${path}.${process.pid}.dead`;
  try {
    await rename(path, aside);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  const found = parseHolder(await readFile(aside, 'utf8'));
  if (found?.pid !== dead?.pid || found?.start !== dead?.start) await linked(aside, path);
  await unlink(aside);
}

async function linked(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

function parseHolder(text: string): { pid: number; start: string } | undefined {
  const match = /^\{"pid":(\d+),"start":"([^"]*)"\}$/.exec(text);
  return match?.[1] && match[2] !== undefined ? { pid: Number(match[1]), start: match[2] } : undefined;
}

/** The private socket of a home. Socket paths are short (104 bytes on macOS), so a deep home has it elsewhere. */
export async function privateSocketPath(home: string, runtimeFolder: string | undefined): Promise<string> {
  const path = join(home, 'daemon.sock');
  if (Buffer.byteLength(path) <= 100) return path;
  const name = createHash('sha256').update(home).digest('hex').slice(0, 16);
  const folder = join(runtimeFolder ?? tmpdir(), `porchlight-${name}`);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { mode } = await stat(folder);
  if ((mode & 0o077) !== 0)
    throw new HomeError(`${folder} can be read by others. Remove it and start again.`);
  return join(folder, 'daemon.sock');
}
