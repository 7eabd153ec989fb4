// A home as one file, .tar.gz, and back. Made while the daemon may be writing: what it appends meanwhile is left for the next time,
// and the list of conversations is read before the conversations, so that what is in the file is what a power cut could have left.
import type { Stats } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { create, extract, list, type ReadEntry } from 'tar';
import { syncFolder } from './durable-file.ts';

/** What is of this moment or of this computer only, at the top of a home. */
const leftOut = new Set([
  ...['lock', 'daemon.sock', 'background.json', 'tunnel.json', 'runs', 'previews'],
  ...['logs', 'open', 'tray', 'releases', 'reserve', 'worktrees'],
]);
const isPassing = (name: string) =>
  leftOut.has(name) || /^lock\.|^\.probe-|\.tmp$|\.sock$|\.html$/.test(name);

const most = 3;

/** A file that is no backup, or one that cannot be written where it is to be; `message` is for a person. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError';
}

/** Resolves with the size in bytes when the file is on disk. Never in the place of another. Rejects with ArchiveError. */
export async function packHome(home: string, file: string): Promise<number> {
  if (!(await namesIn(home)).includes('epoch'))
    throw new ArchiveError(`There is nothing of Porchlight in ${home} to back up.`);
  if (await stat(file).catch(whenMissing))
    throw new ArchiveError(`${file} is there already. Choose another name.`);
  const temp = join(dirname(resolve(file)), `.${basename(file)}.${process.pid}.tmp`);
  try {
    for (let tries = 1; !(await packed(home, temp)); tries++)
      if (tries === most) throw new ArchiveError('Conversations are being deleted. Try again in a moment.');
    const written = await open(temp, 'r+');
    await written.sync();
    const { size } = await written.stat();
    await written.close();
    await rename(temp, file);
    await syncFolder(dirname(resolve(file)));
    return size;
  } catch (error) {
    await rm(temp, { force: true });
    if (error instanceof Error && 'syscall' in error)
      throw new ArchiveError(`${file} cannot be written: ${error.message}`, { cause: error });
    throw error;
  }
}

/** False when a conversation was deleted meanwhile, so that the list of them may name one that is not in the file. */
async function packed(home: string, temp: string): Promise<boolean> {
  const before = await namesIn(join(home, 'conversations'));
  const all = (await namesIn(home)).filter((name) => !isPassing(name));
  const ordered = [
    ...all.filter((name) => name === 'lobby'),
    ...all.filter((name) => !['lobby', 'conversations'].includes(name)),
    ...all.filter((name) => name === 'conversations'),
  ];
  // Nothing but files and folders: no pipe or socket of what runs.
  const filter = (path: string, entry: Stats | ReadEntry) =>
    !path.endsWith('.tmp') && 'isFile' in entry && (entry.isFile() || entry.isDirectory());
  await writeFile(temp, '', { mode: 0o600 });
  try {
    await create(
      { file: temp, gzip: true, cwd: home, portable: true, follow: true, strict: true, filter },
      ordered,
    );
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
  const after = new Set(await namesIn(join(home, 'conversations')));
  return before.every((name) => after.has(name));
}

/**
 * Unpacks a backup in the place of `home`, which must not be there or be empty. The store is another one from then on: phones may
 * have seen more of it than is in the file. Rejects with ArchiveError, and then nothing has changed.
 */
export async function unpackHome(file: string, home: string): Promise<void> {
  const names = new Set<string>();
  try {
    await list({
      file,
      strict: true,
      onReadEntry: (entry) => void names.add(entry.path.split('/')[0] ?? ''),
    });
  } catch (error) {
    throw new ArchiveError(
      `${file} cannot be read as a backup: ${error instanceof Error ? error.message : error}`,
      { cause: error },
    );
  }
  if (!names.has('epoch') || !names.has('lobby'))
    throw new ArchiveError(`${file} is no backup of Porchlight.`);
  await mkdir(dirname(home), { recursive: true });
  const temp = await mkdtemp(`${home}.restoring-`);
  try {
    const filter = (_path: string, entry: object) =>
      !('type' in entry) || entry.type === 'File' || entry.type === 'Directory';
    await extract({ file, cwd: temp, strict: true, preserveOwner: false, filter });
    // No file's number, so that the store knows itself for a copy whatever numbers the disk gives.
    await writeFile(join(temp, 'epoch.mark'), 'restored', { mode: 0o600 });
    await rm(home, { recursive: true, force: true });
    await rename(temp, home);
    await syncFolder(dirname(home));
  } catch (error) {
    await rm(temp, { recursive: true, force: true });
    if (error instanceof Error && ('syscall' in error || 'tarCode' in error))
      throw new ArchiveError(`${file} cannot be unpacked: ${error.message}`, { cause: error });
    throw error;
  }
}

async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return [];
    throw error;
  });
}

function whenMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
