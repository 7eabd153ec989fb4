// What the rules know of a source file: its imports (types, re-exports and dynamic ones too) and its uses of globals,
// properties and names of modules. Types only; read-source.ts fills them.

export interface Import {
  /** As written. */
  readonly specifier: string;
  readonly line: number;
  /** Imported names; `*` for all of them, `default`, or none for a bare import. */
  readonly names: readonly string[];
}

export interface Use {
  /** `process.env`, `.innerHTML`, `setTimeout()`, `new Date()`, `shell: true`, `node:child_process#exec`. */
  readonly use: string;
  readonly line: number;
}

export interface SourceFile {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  readonly uses: readonly Use[];
  /** Every statement is a re-export. */
  readonly isBarrel: boolean;
}
