// Starts and ends the programs that the desktop for tests is made of. Ends only what it started, by pid.
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export type Environment = Readonly<Record<string, string>>;

/** Runs a program to its end; rejects, with what it said on stderr, when it fails. */
export function run(env: Environment, file: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, args, { env, timeout: 60_000 }, (error, stdout) =>
      error ? reject(error) : resolve(stdout),
    );
  });
}

/** For `.catch` behind `run`: undefined when the program failed saying `words`; any other failure stays one. */
export function whenSaying(words: RegExp): (error: Error) => undefined {
  return (error) => {
    if (!words.test(error.message)) throw error;
  };
}

export interface Program {
  readonly pid: number;
  /** The first line it prints; rejects when it ends without one. */
  readonly firstLine: Promise<string>;
  /** Asks it to end, and resolves when it has. */
  end(): Promise<void>;
}

export async function startProgram(
  env: Environment,
  file: string,
  args: readonly string[],
): Promise<Program> {
  const child = spawn(file, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  child.once('exit', () => process.off('exit', endWithUs));
  await once(child, 'spawn');
  if (child.pid === undefined) throw new Error(`${file} has no pid`);
  const firstLine = readFirstLine(child, file);
  firstLine.catch(() => {});
  return { pid: child.pid, firstLine, end: () => end(child) };
}

async function readFirstLine(child: ChildProcess, file: string): Promise<string> {
  let complaints = '';
  child.stderr?.on('data', (chunk) => {
    complaints = `${complaints}${chunk}`.slice(-4000);
  });
  if (child.stdout !== null) {
    const lines = createInterface({ input: child.stdout });
    for await (const line of lines) {
      child.stdout.resume();
      return line;
    }
  }
  throw new Error(`${file} ended and said: ${complaints}`);
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const impatience = setTimeout(() => child.kill('SIGKILL'), 5000);
  await exited;
  clearTimeout(impatience);
}
