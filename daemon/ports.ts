// The outside world as types: what the daemon needs of the clock, the disk, processes, the desktop.
// Types only, no code; what is larger has a file of its own in ports/. Adapters live in store/ and system/; main.ts builds
// them and hands them to createDaemon.

/** What the tray icon says at a glance. */
export type TrayState = 'idle' | 'working' | 'needsYou' | 'error' | 'paused';

/** One line of the tray menu, top to bottom. `id` comes back when it is picked. */
export interface TrayItem {
  readonly id: string;
  readonly title: string;
  readonly enabled: boolean;
}

/** All that the tray shows. `'separator'` draws a line between items. */
export interface TrayView {
  readonly state: TrayState;
  readonly tooltip: string;
  readonly items: readonly (TrayItem | 'separator')[];
}

/** A tray icon that stands in the desktop's bar until it is closed. */
export interface Tray {
  /** Shows `view`; calls come in any number, the last one wins. Never throws. */
  show(view: TrayView): void;
  /** Takes the icon away; resolves when its process is gone. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * `unavailable` is one sentence for a person: what is missing and what to install. `appears` resolves when it is worth another
 * try, and never when `signal` fires; absent where it would not be.
 */
export type TrayStart =
  | { readonly tray: Tray }
  | { readonly unavailable: string; readonly appears?: (signal: AbortSignal) => Promise<void> };

/** Puts an icon into the tray. Never rejects: a desktop without a tray is an answer, not an error. */
export type StartTray = (options: {
  readonly view: TrayView;
  /** `open` where the desktop tells of a click on the icon itself. */
  readonly onPick: (itemId: string) => void;
  /** The tray process ended by itself (not by `close`). */
  readonly onExit: (reason: string) => void;
}) => Promise<TrayStart>;

/** Cancels what it was returned for. Safe to call twice. */
export type Dispose = () => void;

export interface Clock {
  /** ms since 1970, as the person's clock shows it; may jump. */
  now(): number;
  /** The person's date, e.g. `2026-11-21`, where the computer stands. */
  today(): string;
  /** ms since some start; never goes back. Time limits are measured with this. */
  monotonic(): number;
  /** Calls `action` once after `ms`; does not keep the process alive. */
  after(ms: number, action: () => void): Dispose;
}

/** Random bytes from the system's generator. */
export type RandomBytes = (length: number) => Uint8Array;

export interface Logger {
  info(message: string, facts?: Record<string, unknown>): void;
  warn(message: string, facts?: Record<string, unknown>): void;
  /** `error` with its stack is kept. */
  error(message: string, error: unknown, facts?: Record<string, unknown>): void;
}

// ---- event logs

/** An event as any log holds it; which types there are is the protocol's business. */
export interface LoggedEvent {
  readonly id: number;
  readonly at: number;
  readonly type: string;
  readonly [field: string]: unknown;
}

export type LoggedDraft = {
  readonly type: string;
  readonly [field: string]: unknown;
};

/** One append-only log with contiguous ids from 1. Readers see an event only when it is on disk. */
export interface EventLog {
  /** Id of the last event on disk; 0 when empty. */
  readonly head: number;
  /** Damage in the middle was found: it can be read up to there and takes no more events. */
  readonly damaged: boolean;
  /**
   * Gives the drafts their ids and time at once, in order, and puts them on disk together: all or none.
   * `durable` rejects with AppError `disk_full`, `disk_failed` or `log_damaged`; then none of these ids was used, nor any behind them.
   */
  append(drafts: readonly LoggedDraft[]): {
    readonly events: readonly LoggedEvent[];
    readonly durable: Promise<void>;
  };
  /** Up to about `limit` events behind `after`, fewer when they are large, in order; empty only at the head. */
  read(after: number, limit: number): Promise<readonly LoggedEvent[]>;
  /** Resolves true when there is something behind `after`, false when `signal` fires or the log is closed. */
  grown(after: number, signal: AbortSignal): Promise<boolean>;
  /** Calls `told` after it has grown, and when it is closed. For very many readers, whom an AbortSignal each would cost too much. */
  watch(told: () => void): Dispose;
  readonly isClosed: boolean;
  /** Bytes worked out from this log, kept beside it to save time; never the truth, and gone with the log. */
  readonly checkpoint: {
    /** Undefined when there are none. */
    read(): Promise<Buffer | undefined>;
    write(content: Buffer): Promise<void>;
  };
  /**
   * Takes away, in the background, text deltas that a finished block has made superfluous, when there are enough of them; ids and
   * the view stay. Resolves with the bytes that were won. Stops soon after `signal`; a damaged log stays as it is. Rejects when the
   * disk does; then the log is as it was.
   */
  fold(signal: AbortSignal): Promise<number>;
  /** Waits for what is being written, then lets go of the files. */
  close(): Promise<void>;
}

export interface EventStore {
  /** Changes only when the logs were lost or restored; a cursor of another epoch is void. 32 hex digits. */
  readonly epoch: string;
  /** Opens (or creates) the log of that name; the same object for the same name until it is closed. */
  open(name: string): Promise<EventLog>;
  remove(name: string): Promise<void>;
  /**
   * The log begins anew, empty, under a new epoch; what it was is kept beside it. For one that is damaged and can be had from
   * elsewhere.
   */
  setAside(name: string): Promise<void>;
  /** The logs of all conversations, open or not: neither the lobby's nor the audit log. */
  names(): Promise<readonly string[]>;
  /** Closes every open log. */
  close(): Promise<void>;
}

/** Why nothing new is written for now: the code that it is refused with, and what to do about it. */
export interface DiskTrouble {
  readonly code: 'disk_full' | 'disk_failed';
  readonly message: string;
}

/** What the home lies on. In trouble nothing new is begun there; what is under way is still noted, as far as it goes. */
export interface Disk {
  /** Undefined when all is well, as far as anybody knows. Ends by itself when the disk takes what is written again. */
  readonly trouble: DiskTrouble | undefined;
  /** The same, after a look whether trouble that there was is over. */
  look(): Promise<DiskTrouble | undefined>;
  /** Calls `told` after every change of `trouble`. */
  watch(told: () => void): Dispose;
  /**
   * Something could not be written. Gives what to refuse with: an AppError if it was the disk, and then there is trouble, and
   * of a full one the reserve is free to be written on; otherwise the error as it came.
   */
  blame(error: unknown): Promise<unknown>;
}

/** One small JSON document, kept durably. */
export interface Document<T> {
  readonly value: T;
  /** Replaces the value; resolves when it is on disk. Readers see the new value at once. */
  update(change: (value: T) => T): Promise<void>;
}

// ---- processes

export interface Outcome {
  /** null when killed by a signal, could not be started, or ran out of time. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end with no stdin. Never rejects: a program that cannot be started has code null. */
export type RunCommand = (
  file: string,
  args: readonly string[],
  options?: {
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly timeoutMs?: number;
  },
) => Promise<Outcome>;

export interface RunSpec {
  readonly runId: string;
  readonly conversationId: string;
  readonly sessionId: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** One line of a run's stdout. `end` is the spool offset, in bytes, just behind it. */
export interface SpoolLine {
  readonly text: string;
  readonly end: number;
}

export interface RunExit {
  /** Both null when the daemon was not there to see it. */
  readonly code: number | null;
  readonly signal: string | null;
  /** The last lines of stderr, at most 2,000 characters. */
  readonly stderr: string;
}

/** One `claude` process that outlives the daemon: FIFO for stdin, spool file for stdout. */
export interface Run {
  readonly runId: string;
  readonly conversationId: string;
  readonly sessionId: string;
  readonly pid: number;
  /** Writes one line to stdin. Rejects when the process is gone. */
  write(line: string): Promise<void>;
  /** All complete lines behind byte `from`, then those to come; ends when the process is gone and all is read. */
  lines(from: number, signal: AbortSignal): AsyncIterable<SpoolLine>;
  readonly exited: Promise<RunExit>;
  /** SIGTERM, then SIGKILL after `graceMs`, its children too. Resolves when it is gone. */
  kill(graceMs: number): Promise<void>;
  /** Lets go of the files; the process lives on. */
  detach(): void;
}

export interface RunHost {
  /** Rejects when the program or the folder does not exist; with an AppError when it is the disk. Then nothing runs. */
  start(spec: RunSpec): Promise<Run>;
  /** Every run folder on disk, the process alive or not. A dead one has `exited` settled. */
  recover(): Promise<readonly Run[]>;
  /** Deletes the run's folder; only after its spool is in the log. */
  remove(runId: string): Promise<void>;
}

// ---- the rest of the computer

export interface FolderEntry {
  readonly name: string;
  readonly path: string;
  /** Has a `.git`, a package.json or another mark of a project. */
  readonly isProject: boolean;
  /** ms since 1970 of the last change. */
  readonly changedAt: number;
}

export interface Folders {
  /** Absolute path with links resolved; undefined when it is no folder. `~` stands for the person's home. */
  resolve(path: string): Promise<string | undefined>;
  /** The folders inside, hidden ones left out. Empty when it cannot be read. */
  list(path: string): Promise<readonly FolderEntry[]>;
  /** Text of a small file (up to `maxBytes`); undefined when it is not there. */
  read(path: string, maxBytes: number): Promise<string | undefined>;
  isExecutable(path: string): Promise<boolean>;
}

/** Opens a page or file in the person's browser. Never rejects: on a computer without one, nothing happens. */
export type OpenInBrowser = (target: string) => Promise<void>;
