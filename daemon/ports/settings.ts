// The file with the settings that a person may edit, as those who put settings together see it. Types only.
import type { Dispose } from '../ports.ts';

export interface SettingsFile {
  readonly path: string;
  /** The file's JSON, whatever it is; `{}` where there is no file. Rejects with an Error whose message begins with the path. */
  read(): Promise<unknown>;
  /** One name changed, or taken out when undefined; all else is kept. Resolves when it is on disk. */
  write(name: string, value: unknown): Promise<void>;
  /** Calls `changed` at each change of the file, sometimes more than once. */
  watch(changed: () => void): Dispose;
}
