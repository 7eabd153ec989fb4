// The person's folders behind the Folders port.
import { constants } from 'node:fs';
import { access, readdir, readFile, realpath, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { FolderEntry, Folders } from '../ports.ts';

const projectMarks = [
  '.git',
  'package.json',
  'pyproject.toml',
  'go.mod',
  'Cargo.toml',
  'Gemfile',
  'composer.json',
  'pom.xml',
  'CLAUDE.md',
];
/** More than a phone's list can hold; a folder of a million entries must not stop the daemon. */
const maxEntries = 500;

export function createFolders(home: string): Folders {
  return {
    async resolve(path) {
      const expanded = path === '~' || path.startsWith('~/') ? join(home, path.slice(1)) : path;
      if (!expanded.startsWith('/') || expanded.includes('\0')) return undefined;
      try {
        const real = await realpath(resolve(expanded));
        return (await stat(real)).isDirectory() ? real : undefined;
      } catch (error) {
        return whenAbsent(error, undefined);
      }
    },
    async list(path) {
      try {
        const entries = await readdir(path, { withFileTypes: true });
        const folders = entries
          .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
          .slice(0, maxEntries);
        const described = await Promise.all(
          folders.map((entry) => describe(join(path, entry.name), entry.name)),
        );
        return described
          .filter((entry) => entry !== undefined)
          .toSorted((a, b) => a.name.localeCompare(b.name));
      } catch (error) {
        return whenAbsent(error, []);
      }
    },
    async read(path, maxBytes) {
      try {
        return (await stat(path)).size > maxBytes ? undefined : await readFile(path, 'utf8');
      } catch (error) {
        return whenAbsent(error, undefined);
      }
    },
    async isExecutable(path) {
      try {
        await access(path, constants.X_OK);
        return (await stat(path)).isFile();
      } catch (error) {
        return whenAbsent(error, false);
      }
    },
  };
}

async function describe(path: string, name: string): Promise<FolderEntry | undefined> {
  try {
    const [{ mtimeMs }, names] = await Promise.all([stat(path), readdir(path)]);
    return { path, name, isProject: projectMarks.some((mark) => names.includes(mark)), changedAt: mtimeMs };
  } catch (error) {
    return whenAbsent(error, undefined);
  }
}

/** Not there, not ours to read, or gone meanwhile: an answer. Anything else is a bug or a broken disk. */
function whenAbsent<T>(error: unknown, answer: T): T {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (['ENOENT', 'ENOTDIR', 'EACCES', 'EPERM', 'ELOOP', 'ENAMETOOLONG'].includes(code)) return answer;
  throw error;
}
