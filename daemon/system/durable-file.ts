// Writing a small file so that a power cut leaves either the old or the new one, whole, and only the owner can read it.
import { randomUUID } from 'node:crypto';
import { mkdir, open, rename, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Exclusive temp file 0600 → write → fsync → rename → fsync of the folder. */
export async function writeDurably(path: string, content: string | Buffer): Promise<void> {
  const temp = `${path}.${randomUUID()}.tmp`;
  const file = await open(temp, 'wx', 0o600);
  try {
    await file.writeFile(content);
    await file.sync();
    await file.close();
    await rename(temp, path);
  } catch (error) {
    await file.close();
    await unlink(temp).catch(ignoreMissing);
    throw error;
  }
  await syncFolder(dirname(path));
}

/**
 * Makes the folder, private, and makes its name durable, as well as those of the folders above it up to `root`, which is taken
 * to be there. Also for a folder that is there already: whoever made it may have been cut short before the sync.
 */
export async function makeFolderDurably(folder: string, root: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (let made = folder; made !== root && made !== dirname(made); made = dirname(made)) {
    await syncFolder(dirname(made));
  }
}

/** Makes a new, renamed or removed name in the folder durable. */
export async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
