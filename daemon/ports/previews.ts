// What previews need of the computer: a project's files, processes that serve, and a look at what answers on a port.
// Types only, no code; daemon/system/ has the work.

/** A project folder, to read. Paths are absolute. */
export interface ProjectFiles {
  /** Names of what lies in the folder, hidden ones too; empty when it cannot be read. */
  names(folder: string): Promise<readonly string[]>;
  /** Text of a file of up to 1 MiB; undefined when it is not there, or larger. */
  read(path: string): Promise<string | undefined>;
  /** With links resolved; undefined when there is no such file or folder. */
  resolve(path: string): Promise<string | undefined>;
}

/** A port on which something listens. */
export interface ListeningPort {
  readonly port: number;
  readonly pid: number;
  /** Where it is reached from this computer. */
  readonly host: '127.0.0.1' | '::1';
  /** Others on the network reach it too. */
  readonly isExposed: boolean;
}

export interface ServerSpec {
  readonly previewId: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** One dev server with all that it has started. */
export interface ServerProcess {
  readonly previewId: string;
  readonly pid: number;
  /** The first process is gone; both null when the daemon did not see it. */
  readonly exited: Promise<{ readonly code: number | null; readonly signal: string | null }>;
  /** What it prints, both streams, from its start; ends when it is gone and all is read, or when `signal` fires. */
  lines(signal: AbortSignal): AsyncIterable<string>;
  /** Of all its processes, also those that have forked away. */
  listening(): Promise<readonly ListeningPort[]>;
  /** SIGTERM to all its processes, then SIGKILL after `graceMs`. Resolves when none is left. */
  end(graceMs: number): Promise<void>;
  /** Lets go of it; it lives on. */
  detach(): void;
}

export interface ServerHost {
  /** Rejects when the program or the folder does not exist; then nothing runs. */
  start(spec: ServerSpec): Promise<ServerProcess>;
  /** Those that an earlier daemon left and that live; what is left of dead ones is cleared away. */
  recover(): Promise<readonly ServerProcess[]>;
  /** What a run of Claude has started and what listens now, without the run itself; empty when there is no such run. */
  listeningOfRun(runId: string): Promise<readonly ListeningPort[]>;
  /** The same process on the same port. */
  stillListens(where: ListeningPort): Promise<boolean>;
  /** A port on loopback on which nothing listens, the first from `from` on. */
  freePort(from: number): Promise<number>;
}

/** Asks for `/` on a loopback port. Undefined when nothing that speaks HTTP answers in time; never rejects. */
export type ProbePort = (
  where: { readonly host: string; readonly port: number },
  timeoutMs: number,
) => Promise<{ readonly status: number; readonly isPage: boolean } | undefined>;
