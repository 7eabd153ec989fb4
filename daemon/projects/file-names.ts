// Finds files of a project by a few typed letters, for `@`: git says which there are, or a bounded walk where there is no
// checkout. Names only, never above the folder or through a link out of it. The only file that knows fuzzysort.
import { isAbsolute, sep } from 'node:path';
import fuzzysort from 'fuzzysort';
import type { FileTree } from '../ports/file-tree.ts';
import type { Clock, RunCommand } from '../ports.ts';
import { foldersOf, insideOf, listedNames, nearest, ownPaths, sameList } from './file-lists.ts';

export interface FileName {
  /** Relative to the project's folder; a folder's ends in `/`. */
  readonly path: string;
  readonly isFolder: boolean;
}

export interface FileNames {
  /** Best first, at most 30. `touched` are paths that come first when nothing is typed, most recent first. */
  suggest(wanted: { cwd: string; query: string; touched: readonly string[] }): Promise<FileName[]>;
  /** Those of the paths, absolute or below `cwd`, that are there and not inside of it once links are followed. */
  outside(asked: { cwd: string; paths: readonly string[] }): Promise<readonly string[]>;
}

interface Names {
  readonly files: readonly string[];
  readonly folders: readonly string[];
  readonly all: ReadonlyMap<string, Prepared>;
  /** Changed most recently, newest first. */
  readonly recent: readonly string[];
  /** Monotonic ms. */
  readonly readAt: number;
}
type Prepared = ReturnType<typeof fuzzysort.prepare>;

const most = 30;
/** What was read so long ago is read again, while the answer is still given from it. */
const freshMs = 3000;
/** Projects whose names are kept in memory: about 20 MB for 50,000 files. */
const keptProjects = 3;
const gitMs = 5000;
const walkLimits = { skip: new Set(['node_modules', '.git', 'dist']), maxEntries: 20_000, maxMs: 2000 };
/** How many are looked at for the time of their last change. */
const lookedAt = 500;
/** Names made ready for searching in one go, about 5 ms. */
const atOnce = 1000;

export function createFileNames(options: {
  run: RunCommand;
  tree: FileTree;
  clock: Clock;
  /** For git. */
  env: Readonly<Record<string, string>>;
}): FileNames {
  const { run, tree, clock } = options;
  // A checkout that the environment names would be listed instead of the project's own.
  const env = Object.fromEntries(Object.entries(options.env).filter(([name]) => !name.startsWith('GIT_')));
  const kept = new Map<string, { names: Names | undefined; reading: Promise<Names> | undefined }>();

  async function git(cwd: string, ...which: string[]): Promise<readonly string[] | undefined> {
    // A checkout's own settings may name a program to ask for changes; a name typed on a phone must not start it.
    const safe = ['-c', 'core.fsmonitor=false', '--no-optional-locks'];
    const args = [...safe, 'ls-files', ...which, '--exclude-standard', '-z'];
    const { code, stdout } = await run('git', args, { cwd, env, timeoutMs: gitMs });
    return code === 0 ? listedNames(stdout) : undefined;
  }

  async function read(cwd: string, before: Names | undefined): Promise<Names> {
    const listed = await git(cwd, '-co');
    const found = ownPaths(listed ?? (await tree.walk(cwd, walkLimits)));
    // Never `-m`: to compare files git would start the filters that the checkout's own settings name.
    const added = listed === undefined ? [] : ((await git(cwd, '-o')) ?? []);
    const recent = await newestOf(cwd, [
      ...new Set([...added.slice(0, lookedAt), ...nearest(found, lookedAt)]),
    ]);
    const readAt = clock.monotonic();
    if (before && sameList(before.files, found)) return { ...before, recent, readAt };
    const folders = foldersOf(found);
    const all = await prepared([...folders, ...found], before?.all ?? new Map());
    return { files: found, folders, all, recent, readAt };
  }

  /** A few at a time, so that nobody who talks to the daemon has to wait for 50,000 names. */
  async function prepared(
    paths: readonly string[],
    before: ReadonlyMap<string, Prepared>,
  ): Promise<ReadonlyMap<string, Prepared>> {
    const all = new Map<string, Prepared>();
    for (const [index, path] of paths.entries()) {
      if (index % atOnce === atOnce - 1) await new Promise<void>((resolve) => clock.after(0, resolve));
      all.set(path, before.get(path) ?? fuzzysort.prepare(path));
    }
    return all;
  }

  async function newestOf(cwd: string, paths: readonly string[]): Promise<readonly string[]> {
    const found = await Promise.all(
      paths.map(async (path) => ({ path, changedAt: (await tree.find(`${cwd}/${path}`))?.changedAt ?? 0 })),
    );
    return found
      .filter(({ changedAt }) => changedAt > 0)
      .toSorted((a, b) => b.changedAt - a.changedAt)
      .map(({ path }) => path)
      .slice(0, 2 * most);
  }

  /** From memory when there is any, however old; then a newer list is on its way. */
  function namesOf(cwd: string): Promise<Names> {
    const entry = kept.get(cwd) ?? { names: undefined, reading: undefined };
    kept.delete(cwd);
    kept.set(cwd, entry);
    const [oldest] = kept.keys();
    if (kept.size > keptProjects && oldest !== undefined) kept.delete(oldest);
    const isFresh = entry.names !== undefined && clock.monotonic() - entry.names.readAt < freshMs;
    if (!isFresh && !entry.reading) {
      entry.reading = read(cwd, entry.names)
        .then((names) => {
          entry.names = names;
          return names;
        })
        .finally(() => {
          entry.reading = undefined;
        });
      // Without this a failure in the background would have nobody to hear it; whoever waits for it does.
      entry.reading.catch(() => {});
    }
    return entry.names ? Promise.resolve(entry.names) : (entry.reading ?? read(cwd, undefined));
  }

  /** Still there, and not beyond the folder by way of a link. */
  async function real(cwd: string, paths: readonly string[]): Promise<FileName[]> {
    const root = await tree.find(cwd);
    if (!root) return [];
    const found = await Promise.all(
      paths.map(async (path): Promise<FileName | undefined> => {
        const at = await tree.find(`${cwd}/${path}`);
        if (!at || at.path === root.path || !isInside(at.path, root.path)) return undefined;
        return { path: at.isFolder && !path.endsWith('/') ? `${path}/` : path, isFolder: at.isFolder };
      }),
    );
    return found.filter((name) => name !== undefined).slice(0, most);
  }

  return {
    async suggest({ cwd, query, touched }) {
      const names = await namesOf(cwd);
      return real(cwd, ranked(names, query.trim(), touched));
    },
    async outside({ cwd, paths }) {
      const root = await tree.find(cwd);
      if (!root) return [];
      const found = await Promise.all(
        paths.map((path) => tree.find(isAbsolute(path) ? path : `${cwd}/${path}`)),
      );
      return paths.filter((_, index) => {
        const at = found[index];
        return at !== undefined && !isInside(at.path, root.path);
      });
    },
  };
}

/** The folder itself too. */
function isInside(path: string, root: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : `${root}${sep}`);
}

/** A few more than are wanted: some may be gone. */
function ranked(names: Names, query: string, touched: readonly string[]): readonly string[] {
  if (query === '') {
    const first = ownPaths(touched);
    return [...new Set([...first, ...names.recent, ...insideOf('', names)])].slice(0, 2 * most);
  }
  const folder = query.slice(0, query.lastIndexOf('/') + 1);
  const isFolder = folder !== '' && names.folders.includes(folder);
  if (isFolder && query === folder) return insideOf(folder, names).slice(0, 2 * most);
  const found = fuzzysort.go(query, [...names.all.values()], { limit: 2 * most, threshold: 0.2 });
  const paths = found.map(({ target }) => target);
  if (!isFolder) return paths;
  return [
    ...paths.filter((path) => path.startsWith(folder)),
    ...paths.filter((path) => !path.startsWith(folder)),
  ];
}
