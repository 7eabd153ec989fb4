// Lists of a project's paths, worked on as text: what git printed, the folders that files imply, what lies in one of them. Pure.

/** Of output that ends each name with a NUL. What was cut off in the middle is left out. */
export function listedNames(output: string): readonly string[] {
  return output.split('\0').slice(0, -1);
}

/** Each once; without those that leave the folder, or that a message could not name: a line break or a quote ends a mention. */
export function ownPaths(paths: readonly string[]): readonly string[] {
  return [...new Set(paths)].filter((path) => path !== '' && !/^\/|(^|\/)\.\.(\/|$)|["\n\r\0]/.test(path));
}

/** The `count` with the fewest folders above them. */
export function nearest(paths: readonly string[], count: number): readonly string[] {
  const byDepth: string[][] = [];
  for (const path of paths) {
    let depth = 0;
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) depth += 1;
    const level = byDepth[depth] ?? [];
    level.push(path);
    byDepth[depth] = level;
  }
  return byDepth.flat().slice(0, count);
}

export function sameList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((each, index) => each === b[index]);
}

/** Every folder on the way to a file, ending in `/`. */
export function foldersOf(files: readonly string[]): readonly string[] {
  const folders = new Set<string>();
  for (const file of files) {
    for (let end = file.lastIndexOf('/'); end > 0; end = file.lastIndexOf('/', end - 1)) {
      const folder = file.slice(0, end + 1);
      if (folders.has(folder)) break;
      folders.add(folder);
    }
  }
  return [...folders];
}

/** What lies directly in `folder` (`''`: the project's own), folders first, each by name. */
export function insideOf(
  folder: string,
  { files, folders }: { readonly files: readonly string[]; readonly folders: readonly string[] },
): readonly string[] {
  const isDirectly = (path: string) => {
    if (path.length <= folder.length || !path.startsWith(folder)) return false;
    const next = path.indexOf('/', folder.length);
    return next === -1 || next === path.length - 1;
  };
  return [...folders.filter(isDirectly).toSorted(), ...files.filter(isDirectly).toSorted()];
}
