// What lies below a folder, behind the FileTree port: a walk with an end, and a look at one path. Opens no file.
import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import type { FileTree } from '../ports/file-tree.ts';

export const fileTree: FileTree = {
  async find(path) {
    // No file has such a name; Node takes it for a mistake of the program's.
    if (path.includes('\0')) return undefined;
    try {
      const real = await realpath(path);
      const found = await stat(real);
      return { path: real, isFolder: found.isDirectory(), changedAt: found.mtimeMs };
    } catch (error) {
      return whenClosed(error, undefined);
    }
  },
  async walk(path, { skip, maxEntries, maxMs }) {
    const deadline = performance.now() + maxMs;
    const files: string[] = [];
    const waiting = [''];
    let seen = 0;
    for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
      for (const entry of await inside(join(path, folder))) {
        seen += 1;
        if (seen > maxEntries || performance.now() > deadline) return files;
        if (entry.isFile()) files.push(`${folder}${entry.name}`);
        else if (entry.isDirectory() && !skip.has(entry.name)) waiting.push(`${folder}${entry.name}/`);
      }
    }
    return files;
  },
};

async function inside(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    return whenClosed(error, []);
  }
}

/** Not there, not ours to look at, or gone meanwhile: an answer. Anything else is a bug or a broken disk. */
function whenClosed<T>(error: unknown, answer: T): T {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP', 'ENAMETOOLONG'].includes(code)) return answer;
  throw error;
}
