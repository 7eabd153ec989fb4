// What lies below a folder, as choosing a file by its name needs it of the disk. Types only, no code; the rules are in
// projects/file-names.ts, the disk in system/file-tree.ts.

/** What stands at a path, links followed. */
export interface FoundPath {
  /** Absolute, with links resolved. */
  readonly path: string;
  readonly isFolder: boolean;
  /** ms since 1970 of the last change. */
  readonly changedAt: number;
}

export interface FileTree {
  /** Undefined when there is nothing, or nothing that may be looked at. */
  find(path: string): Promise<FoundPath | undefined>;
  /**
   * Paths of the files below a folder, relative to it, nearest first. Folders named in `skip` and links are left out. Ends
   * after `maxEntries` names or `maxMs`, with what it has by then.
   */
  walk(
    path: string,
    limits: { readonly skip: ReadonlySet<string>; readonly maxEntries: number; readonly maxMs: number },
  ): Promise<readonly string[]>;
}
