// Which folders the sheet offers for what is typed: a word filters those that are known, a path is looked up. Pure.

export interface Folder {
  readonly path: string;
  readonly name: string;
  readonly isProject: boolean;
  readonly usedAt: number;
}

/** What is typed means a path, or a word to filter by. */
export function isPath(typed: string): boolean {
  return /^[/~]/.test(typed.trim());
}

/** The folder whose children complete the typed path. */
export function folderToBrowse(typed: string): string {
  const path = typed.trim();
  const end = path.lastIndexOf('/');
  return end <= 0 ? (path.startsWith('~') ? '~' : '/') : path.slice(0, end);
}

/** The children of a browsed folder that go on as the typed path does. */
export function completions(typed: string, children: readonly Folder[]): readonly Folder[] {
  const path = typed.trim();
  const start = (
    path.startsWith('~') && !path.includes('/') ? '' : path.slice(path.lastIndexOf('/') + 1)
  ).toLowerCase();
  return children.filter(
    ({ name }) => name.toLowerCase().startsWith(start) && (start.startsWith('.') || !name.startsWith('.')),
  );
}

/** All words must be in the path, in any order. */
export function matching(typed: string, folders: readonly Folder[]): readonly Folder[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean);
  return folders.filter(({ path }) => words.every((word) => path.toLowerCase().includes(word)));
}

/** Used before, newest first; then the others by name. */
export function grouped(folders: readonly Folder[]): {
  recent: readonly Folder[];
  others: readonly Folder[];
} {
  return {
    recent: folders.filter(({ usedAt }) => usedAt > 0).toSorted((a, b) => b.usedAt - a.usedAt),
    others: folders.filter(({ usedAt }) => usedAt === 0).toSorted((a, b) => a.name.localeCompare(b.name)),
  };
}
