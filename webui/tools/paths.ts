// How a path is told on a narrow screen: relative when it lies inside the project, its file name never cut away.
// Pure text work; asks no file system.

/** `path` as seen from `cwd`; unchanged when it lies elsewhere. Both kinds of slashes are understood. */
export function shownPath(path: string, cwd: string): string {
  const root = cwd.replace(/[\\/]+$/, '');
  if (root === '' || !path.startsWith(root)) return path;
  const rest = path.slice(root.length);
  if (rest === '') return '.';
  return /^[\\/]/.test(rest) ? rest.replace(/^[\\/]+/, '') : path;
}

export interface Parts {
  /** May be cut at its end. */
  readonly head: string;
  /** What tells it from others: the last to be cut. */
  readonly tail: string;
}

/** Cuts a path before its file name, anything else nowhere. */
export function partsOfPath(path: string): Parts {
  const slash = Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\'));
  const isWhole = slash <= 0 || slash === path.length - 1;
  return isWhole ? { head: '', tail: path } : { head: path.slice(0, slash + 1), tail: path.slice(slash + 1) };
}

/** At most `longest` characters, the middle replaced by an ellipsis; the end keeps the larger half. */
export function cutMiddle(text: string, longest: number): string {
  const characters = Array.from(text);
  if (characters.length <= longest) return text;
  const kept = Math.max(0, longest - 1);
  const start = Math.floor(kept / 2);
  return `${characters.slice(0, start).join('')}…${characters.slice(characters.length - (kept - start)).join('')}`;
}
