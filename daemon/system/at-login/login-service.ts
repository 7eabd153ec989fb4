// What starts the daemon by itself: at login, and again when it failed. One shape for systemd, launchd and the desktop's
// autostart; each writes files of the person's own and asks the system to read them. Nothing here needs root.
import { createHash } from 'node:crypto';
import { basename } from 'node:path';

/** Everything that its files say. No secret may be among it: others may read them. */
export interface DaemonLine {
  /** Absolute path of Node. */
  readonly node: string;
  /** Absolute path of the built program. */
  readonly program: string;
  readonly home: string;
  /** With which `claude` is found. */
  readonly path: string;
}

export interface LoginService {
  /** For a person: what does it, such as `systemd`. */
  readonly by: string;
  /** What it writes, whole paths. */
  readonly files: readonly string[];
  /** It starts the daemon for a person who is not at the desktop, too. */
  readonly startsWithoutDesktop: boolean;
  /** The system is one that would do it. */
  canInstall(): Promise<boolean>;
  /** Its files are there. */
  isInstalled(): Promise<boolean>;
  /** Writes its files and has the system read them; resolves with what the person should know. Rejects with ServiceError. */
  install(line: DaemonLine): Promise<readonly string[]>;
  /** Takes everything away that `install` made, and resolves with the files that were there; a daemon that runs goes on. */
  remove(): Promise<readonly string[]>;
  /** Has the system start the daemon; false when it only does so at the next login. Rejects with ServiceError. */
  start(): Promise<boolean>;
  /** Has the system try no longer; a daemon that runs is ended. */
  stop(): Promise<void>;
  /** What the system says of it, one line for a person. */
  state(): Promise<string>;
  /** Why the daemon that `start` asked for will not come; undefined as long as it may. */
  failure(): Promise<ServiceFailure | undefined>;
}

export interface ServiceFailure {
  /** The daemon's own exit code; undefined when the system does not tell. */
  readonly code: number | undefined;
  readonly words: string;
}

/** The system refused; `message` says what and why. */
export class ServiceError extends Error {
  override readonly name = 'ServiceError';
}

/** Rejects what no file of these can say in one line. */
export function checkLine(line: DaemonLine): void {
  const strange = Object.values(line).find((word: string) => /\p{Cc}/u.test(word));
  if (strange !== undefined)
    throw new ServiceError(
      `A path with a control character in it cannot be started at login: ${JSON.stringify(strange)}`,
    );
}

/** `porchlight` for the usual home; for another one a name of its own, the same each time. */
export function serviceName(options: { home: string; usualHome: string }): string {
  const { home, usualHome } = options;
  if (home === usualHome) return 'porchlight';
  const word = basename(home)
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 24);
  const mark = createHash('sha256').update(home).digest('hex').slice(0, 8);
  return ['porchlight', word, mark].filter((part) => part !== '').join('-');
}
