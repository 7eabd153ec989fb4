// The only door to other programs: argv arrays, never a shell. Nothing else may import node:child_process.
import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Outcome, RunCommand } from '../ports.ts';

/** Bytes of stdout and of stderr that are kept; a program that says more is cut off. */
const maxOutput = 4 * 1024 * 1024;

export const runCommand: RunCommand = (file, args, options = {}) =>
  runToEnd({ file, args, isApart: false }, options);

/** The same in a session of its own, for what would take the terminal away; nothing of it is left when its time is over. */
export const runApart: RunCommand = (file, args, options = {}) =>
  runToEnd({ file, args, isApart: true }, options);

function runToEnd(
  { file, args, isApart }: { file: string; args: readonly string[]; isApart: boolean },
  options: NonNullable<Parameters<RunCommand>[2]>,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(file, args, {
      shell: false,
      detached: isApart,
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...(options.env === undefined ? {} : { env: options.env }),
    });
    const impatience = setTimeout(() => killAll(child, isApart), options.timeoutMs ?? 30_000);
    const stdout = collect(child.stdout);
    const stderr = collect(child.stderr);
    const end = (outcome: Outcome) => {
      clearTimeout(impatience);
      resolve(outcome);
    };
    child.once('error', (error) => end({ code: null, stdout: stdout(), stderr: error.message }));
    child.once('close', (code) => end({ code, stdout: stdout(), stderr: stderr() }));
  });
}

function killAll(child: ChildProcess, isApart: boolean): void {
  if (!isApart || child.pid === undefined) child.kill('SIGKILL');
  else signalGroup(child.pid);
  // What it left behind in a session of its own may hold them open for ever.
  if (isApart) for (const stream of [child.stdout, child.stderr]) stream?.destroy();
}

function signalGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  let size = 0;
  stream.on('data', (chunk: Buffer) => {
    if (size < maxOutput) chunks.push(chunk);
    size += chunk.length;
  });
  return () => Buffer.concat(chunks).toString('utf8');
}

export interface Detached {
  readonly pid: number;
  readonly exited: Promise<{ code: number | null; signal: string | null }>;
}

/**
 * Starts a program in a session of its own, so that it outlives this process. `stdio` are open file descriptors for
 * stdin, stdout and stderr; the caller closes its own copies. Rejects when the program cannot be started.
 */
export async function spawnDetached(options: {
  file: string;
  args: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string>>;
  stdio: readonly [number, number, number];
}): Promise<Detached> {
  const child = spawn(options.file, options.args, {
    shell: false,
    detached: true,
    cwd: options.cwd,
    env: options.env,
    stdio: [...options.stdio],
  });
  const pid = await started(child);
  const exited = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  child.unref();
  return { pid, exited };
}

function started(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => (child.pid === undefined ? reject(new Error('no pid')) : resolve(child.pid)));
  });
}

export interface Child {
  readonly pid: number;
  readonly exited: Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

/** Starts a program that lives beside this process, and gives what it prints line by line. Rejects when it cannot be started. */
export async function spawnChild(options: {
  file: string;
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  onLine: (line: string) => void;
}): Promise<Child> {
  const { file, args, env, onLine } = options;
  const child = spawn(file, args, { shell: false, env, stdio: ['ignore', 'pipe', 'pipe'] });
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', onLine);
  const exited = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const pid = await started(child);
  return { pid, exited, kill: (signal) => void child.kill(signal) };
}

export interface BoundChild {
  /** Resolves, with the last line that it wrote to stderr, when it has ended or could not be started. */
  readonly ended: Promise<string>;
  /** Closes its stdin, and ends it. */
  end(): void;
}

/** Starts a program whose stdin is open for as long as this process lives, and at its end is closed, whatever ends it. */
export function spawnBound(options: {
  file: string;
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
}): BoundChild {
  const { file, args, env } = options;
  const child = spawn(file, args, { shell: false, env, stdio: ['pipe', 'ignore', 'pipe'] });
  const stderr = collect(child.stderr);
  child.stdin.on('error', () => undefined);
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', () => resolve(stderr().trim().split('\n').at(-1) ?? ''));
  });
  return {
    ended,
    end() {
      child.stdin.end();
      child.kill('SIGTERM');
    },
  };
}
