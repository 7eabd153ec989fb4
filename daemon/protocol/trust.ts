// What a project folder would have Claude Code run or allow by itself, and whether the person lets it.
import * as z from 'zod/mini';

const text = z.string();

/** One thing that a folder brings along. `detail` is the command, the rule or the value as it stands in the file. */
export const Brought = z.object({
  kind: z.enum(['hook', 'server', 'program', 'environment', 'rule', 'mode', 'folder', 'plugin']),
  /** E.g. `SessionStart`, the server's name, the setting's name. */
  name: text,
  detail: text,
  /** Relative to the folder. */
  file: text,
});
export type Brought = z.infer<typeof Brought>;

export const FolderTrust = z.object({
  /** The folder with links resolved. */
  path: text,
  /** `changed`: it was trusted, but would run something else by now. */
  state: z.enum(['trusted', 'changed', 'untrusted']),
  brings: z.array(Brought),
  /** Files of settings that could not be read; Claude Code may understand them all the same. */
  unreadable: z.array(text),
});
export type FolderTrust = z.infer<typeof FolderTrust>;
