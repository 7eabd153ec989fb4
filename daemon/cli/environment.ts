// What the command line has of the world, as main.ts hands it over: so that no command reads process.* by itself.
import type { Config, Overrides } from '../config.ts';
import type { Terminal } from '../ports/terminal.ts';

export interface Environment {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly personHome: string;
  readonly version: string;
  /** The commit that the program was built from, short; empty where that is not known. */
  readonly commit: string;
  readonly nodeVersion: string;
  readonly machine: {
    readonly platform: NodeJS.Platform;
    readonly arch: NodeJS.Architecture;
    readonly uid: number | undefined;
  };
  /** Prints a line for the person or script. */
  readonly print: (line: string) => void;
  readonly printError: (line: string) => void;
  /** Colours and drawings make sense. */
  readonly isTerminal: boolean;
  /** Writes to the terminal as it is, without a new line. */
  readonly draw: (text: string) => void;
  /** Somebody sits there who can be asked; undefined for scripts. */
  readonly openTerminal: (() => Terminal) | undefined;
  /** Absolute paths of Node and of the built program. */
  readonly node: string;
  readonly program: string;
  /** Not on any registry: there is nothing to look for by name. */
  readonly isPrivate: boolean;
  /** Until the returned function is called, Ctrl+C and a closed terminal do not end this process. */
  readonly holdSignals: () => () => void;
  /** Runs the daemon until it is told to stop; resolves then. */
  readonly serve: (options: ServeOptions) => Promise<void>;
}

export interface ServeOptions {
  readonly home: string;
  readonly config: Config;
  /** What of it stands above config.json. */
  readonly overrides: Overrides;
  readonly json: boolean;
  /** Open the pair page when it is up. */
  readonly openPage: boolean;
}

/** What the command line of `serve` may say. */
export interface ServeFlags {
  readonly host?: string;
  readonly port?: number;
  readonly tray?: 'auto' | 'off';
  readonly claude?: string;
  readonly projects?: string;
  readonly open?: boolean;
  readonly json?: boolean;
}
