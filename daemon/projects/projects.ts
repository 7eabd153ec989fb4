// Which folders a conversation can be started in: those used before, and those under the projects folder. Reads names only.
import type { Folders } from '../ports.ts';
import type { Folder } from '../protocol/computer-commands.ts';
import { AppError } from '../protocol/errors.ts';
import type { ConversationSummary } from '../protocol/lobby.ts';

const usualRoots = [
  '~/Projects',
  '~/projects',
  '~/code',
  '~/Code',
  '~/src',
  '~/dev',
  '~/work',
  '~/Developer',
  '~',
];

export interface Projects {
  list(): Promise<{ root: string; folders: Folder[] }>;
  /** The folders inside `path`; a path that is being typed shows those of its parent that begin like it. */
  browse(path: string): Promise<{ path: string; folders: Folder[] }>;
  /** The real path of a folder that a conversation is to work in. Rejects with `folder_not_found`. */
  resolve(path: string): Promise<string>;
}

export function createProjects(options: {
  folders: Folders;
  /** Where the person keeps projects; null to look in the usual places. */
  root: () => string | null;
  conversations: () => readonly ConversationSummary[];
}): Projects {
  const { folders, conversations } = options;

  async function root(): Promise<string> {
    const own = options.root();
    for (const place of own === null ? usualRoots : [own]) {
      const path = await folders.resolve(place);
      if (path !== undefined) return path;
    }
    return '/';
  }

  return {
    async list() {
      const base = await root();
      const used = new Map<string, number>();
      for (const { cwd, lastAt } of conversations()) used.set(cwd, Math.max(lastAt, used.get(cwd) ?? 0));
      const under = await folders.list(base);
      const known = new Set(under.map((entry) => entry.path));
      const elsewhere = [...used.keys()].filter((path) => !known.has(path));
      const all: Folder[] = [
        ...elsewhere.map((path) => ({
          path,
          name: path.slice(path.lastIndexOf('/') + 1),
          isProject: true,
          usedAt: used.get(path) ?? 0,
        })),
        ...under.map(({ path, name, isProject }) => ({ path, name, isProject, usedAt: used.get(path) ?? 0 })),
      ];
      return {
        root: base,
        folders: all.toSorted((a, b) => b.usedAt - a.usedAt || Number(b.isProject) - Number(a.isProject)),
      };
    },
    async browse(path) {
      const typed = path.trim() === '' ? await root() : path.trim();
      const inside = await folders.resolve(typed);
      if (inside !== undefined) return { path: inside, folders: (await folders.list(inside)).map(unused) };
      const cut = typed.lastIndexOf('/');
      const parent = await folders.resolve(typed.slice(0, Math.max(cut, 1)));
      if (parent === undefined) return { path: typed, folders: [] };
      const start = typed.slice(cut + 1).toLowerCase();
      const near = (await folders.list(parent)).filter(({ name }) => name.toLowerCase().startsWith(start));
      return { path: parent, folders: near.map(unused) };
    },
    async resolve(path) {
      const real = await folders.resolve(path);
      if (real === undefined)
        throw new AppError('folder_not_found', `There is no folder ${path} on the computer.`);
      return real;
    },
  };
}

function unused({ path, name, isProject }: { path: string; name: string; isProject: boolean }): Folder {
  return { path, name, isProject, usedAt: 0 };
}
