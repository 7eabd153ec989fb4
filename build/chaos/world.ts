// The computer of a chaos run: a temp folder with the daemon's home, a project, and a `claude` that is the stand-in. Starts the
// daemon as a person would, with record-syncs.mjs before it; ends it and the runs it left. Knows no clients.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { until } from '../../daemon/testing/until.ts';
import { settleOnDisk } from './power-cut.ts';

export interface World {
  readonly folder: string;
  readonly home: string;
  readonly project: string;
  /** What record-syncs.mjs writes. */
  readonly notes: string;
  /** Where the stand-in writes what it did. */
  readonly witness: string;
  /** Of the daemon; 0 until it was up once. */
  readonly port: number;
  /** Starts the daemon; resolves when it says that it is ready, or with false when it was ended before. Rejects when it fails. */
  start(): Promise<boolean>;
  /** Resolves with true when the daemon ended by itself at that moment (moments.mjs), with false when it did not come to it. */
  endAt(moment: string, ms: number): Promise<boolean>;
  /** Ends the daemon and waits for its end. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Pids of the stand-ins that run, zombies left out. */
  runs(): readonly number[];
  /** Ends these with SIGKILL and waits until they are gone. */
  killRuns(pids: readonly number[]): Promise<void>;
  /** Runs a `porchlight` command against the home. */
  porchlight(...args: string[]): Promise<string>;
  /** Ends what runs and removes the folder, unless it is to be looked at. */
  close(keep: 'keep' | 'remove'): Promise<void>;
}

/** A daemon that takes longer to start or to stop hangs. */
const patienceSeconds = 60;

/** `config` is what stands in the home's config.json. */
export function createWorld(program: string, config: object = {}): World {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-chaos-'));
  const at = (name: string) => join(folder, name);
  for (const name of ['home', 'project', 'person', 'notes', 'witness', 'bin'])
    mkdirSync(at(name), { mode: 0o700 });
  const home = at('home');
  const notes = join(at('notes'), 'syncs.jsonl');
  writeFileSync(at('bin/claude'), standIn(at('witness')), { mode: 0o755 });
  writeFileSync(join(home, 'config.json'), JSON.stringify(config), { mode: 0o600 });
  settleOnDisk(home, notes);
  const env = { PATH: process.env['PATH'] ?? '', HOME: at('person'), PORCHLIGHT_CHAOS_NOTES: notes };
  let child: ChildProcess | undefined;
  let port = 0;

  async function start(): Promise<boolean> {
    const args = ['serve', '--home', home, '--port', String(port), '--host', '127.0.0.1', '--json'];
    const more = ['--tray', 'off', '--claude', at('bin/claude'), '--projects', folder];
    const recorder = resolve('build/chaos/record-syncs.mjs');
    const started = spawn(process.execPath, ['--import', recorder, program, ...args, ...more], {
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    const words: string[] = [];
    started.stderr.on('data', (chunk: Buffer) => words.push(chunk.toString()));
    const lines = createInterface({ input: started.stdout });
    const late = setTimeout(() => started.kill('SIGABRT'), patienceSeconds * 1000);
    const first = await Promise.race([
      once(lines, 'line').then(([line]) => String(line)),
      once(started, 'exit').then(() => undefined),
    ]);
    clearTimeout(late);
    if (first !== undefined) {
      port = Number(new URL(JSON.parse(first).url).port);
      return true;
    }
    if (started.signalCode === 'SIGKILL') return false;
    const how = started.signalCode ?? `exit code ${started.exitCode}`;
    throw new Error(`the daemon does not start (${how}): ${words.join('').trim()}`);
  }

  async function end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const running = child;
    if (!running || running.exitCode !== null || running.signalCode !== null) return;
    const exited = once(running, 'exit');
    running.kill(signal);
    const isGone = () => running.exitCode !== null || running.signalCode !== null;
    await until('the daemon to stop', isGone, { seconds: patienceSeconds }).catch(async (error: unknown) => {
      running.kill('SIGKILL');
      await exited;
      throw error;
    });
  }

  async function endAt(moment: string, ms: number): Promise<boolean> {
    const running = child;
    if (!running || running.exitCode !== null || running.signalCode !== null) return false;
    const killAt = join(at('notes'), 'kill-at');
    const exited = once(running, 'exit', { signal: AbortSignal.timeout(ms) }).then(
      () => true,
      () => false,
    );
    writeFileSync(killAt, moment);
    const isGone = await exited;
    rmSync(killAt, { force: true });
    return isGone;
  }

  const runs = () => {
    const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
    return pids.filter((pid) => argumentsOf(pid).includes(at('witness'))).map(Number);
  };

  async function killRuns(pids: readonly number[]): Promise<void> {
    for (const pid of pids)
      if (argumentsOf(String(pid)).includes(at('witness'))) process.kill(pid, 'SIGKILL');
    await until('the runs to be gone', () => !runs().some((pid) => pids.includes(pid)));
  }

  // Whoever breaks off a chaos run leaves nothing behind that goes on running.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => {
      child?.kill('SIGKILL');
      for (const pid of runs()) process.kill(pid, 'SIGKILL');
      process.exit(130);
    });

  return {
    ...{
      folder,
      home,
      project: at('project'),
      notes,
      witness: at('witness'),
      start,
      end,
      endAt,
      runs,
      killRuns,
    },
    get port() {
      return port;
    },
    async porchlight(...args) {
      const command = spawn(process.execPath, [program, ...args, '--home', home], { env, stdio: 'pipe' });
      const said: Buffer[] = [];
      command.stdout.on('data', (chunk: Buffer) => said.push(chunk));
      const [code] = await once(command, 'close');
      if (code !== 0) throw new Error(`porchlight ${args.join(' ')} ended with ${code}`);
      return Buffer.concat(said).toString();
    },
    async close(keep) {
      await end('SIGKILL');
      await killRuns(runs());
      if (keep === 'remove') rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A shell for what the doctor asks, which is quicker than a second node. */
function standIn(witness: string): string {
  return `#!/bin/sh
case "$1" in
--version) echo '2.1.329 (stand-in)' ;;
auth) echo '{"loggedIn":true}' ;;
*) exec '${process.execPath}' '${resolve('build/chaos/stand-in-claude.mjs')}' '${witness}' "$@" ;;
esac
`;
}

/** Empty for a process that is gone, a zombie, or somebody else's. */
function argumentsOf(pid: string): readonly string[] {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
  } catch {
    return [];
  }
}
