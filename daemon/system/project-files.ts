// A project's files behind the ProjectFiles port: read only, and only small ones.
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import type { ProjectFiles } from '../ports/previews.ts';

const maxBytes = 2 ** 20;
/** A folder of a million entries must not stop the daemon. */
const maxNames = 2000;

export const projectFiles: ProjectFiles = {
  async names(folder) {
    return (await readdir(folder).catch(whenAbsent))?.slice(0, maxNames) ?? [];
  },
  async read(path) {
    const found = await stat(path).catch(whenAbsent);
    if (!found?.isFile() || found.size > maxBytes) return undefined;
    return readFile(path, 'utf8').catch(whenAbsent);
  },
  resolve: (path) => realpath(path).catch(whenAbsent),
};

/** Not there, or not ours to read. */
function whenAbsent(error: NodeJS.ErrnoException): undefined {
  if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP', 'ENAMETOOLONG'].includes(error.code ?? ''))
    return undefined;
  throw error;
}
