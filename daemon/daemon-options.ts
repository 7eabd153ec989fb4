// What a daemon is made of and what it gives to whoever made it. Types only.
import type { Config, Overrides } from './config.ts';
import type { DoorLimits } from './http/server.ts';
import type { Clock, Logger } from './ports.ts';
import type { Desktop } from './ports/desktop.ts';
import type { CommandResult } from './protocol/commands.ts';

export interface DaemonOptions {
  readonly home: string;
  /** As it is at the start. */
  readonly config: Config;
  /** What of it stands above config.json. */
  readonly overrides?: Overrides;
  readonly version: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** The person's environment and home folder. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly personHome: string;
  readonly platform: NodeJS.Platform;
  readonly arch: NodeJS.Architecture;
  readonly uid: number | undefined;
  readonly pid: number;
  /** Where the built web app lies. */
  readonly webFolder: string;
  readonly desktop: Desktop;
  /** Other than the usual ones: for tests. */
  readonly limits?: Partial<DoorLimits>;
  /** The person chose Quit in the tray. */
  readonly quit: () => void;
  /** A sentence for the person who started the daemon. */
  readonly say: (sentence: string) => void;
}

export interface Daemon {
  /** Where it is reached, best first. */
  readonly urls: readonly string[];
  /** A new pairing code, for whoever started the daemon to show. */
  startPairing(): Promise<CommandResult<'pairing.start'>>;
  openPage(path: string): Promise<void>;
  /** Nobody has been let in yet. */
  readonly isNew: boolean;
  /** Closes everything; runs of Claude go on. */
  close(): Promise<void>;
}
