// `claude` processes that outlive the daemon: a folder each under runs/, with a FIFO for stdin opened read-write (so that
// it never ends), an append-only spool for stdout, a file for stderr, and run.json with pid and start time.
import { constants, openSync } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { Socket } from 'node:net';
import { join } from 'node:path';
import type { Clock, Disk, Run, RunCommand, RunExit, RunHost, RunSpec } from '../ports.ts';
import { syncFolder, writeDurably } from './durable-file.ts';
import type { Leader } from './own-processes.ts';
import { createProcesses, type Processes, signalProcess } from './processes.ts';
import { spawnDetached } from './spawn.ts';
import { followLines } from './spool.ts';

/** In the environment of everything that a run starts, so that what has forked away is still known to be its. */
const markName = 'PORCHLIGHT_RUN';
/** How often a process that is not our child is looked at, ms. The kernel tells only parents. */
const watchInterval = 500;

interface RunRecord {
  readonly runId: string;
  readonly conversationId: string;
  readonly sessionId: string;
  readonly pid: number;
  readonly start: string;
}

export function createRunHost(options: {
  folder: string;
  platform: NodeJS.Platform;
  clock: Clock;
  disk: Pick<Disk, 'blame'>;
  run: RunCommand;
}): RunHost {
  const { folder, clock } = options;
  const processes = createProcesses(options.platform, options.run);

  /** A start that was cut short may have left a process that nobody knows: it holds the FIFO. */
  async function clear(home: string): Promise<void> {
    for (const pid of await processes.holdersOf(join(home, 'stdin'))) signalProcess(pid, 'SIGKILL');
    await rm(home, { recursive: true, force: true });
  }

  return {
    async start(spec: RunSpec) {
      const home = join(folder, spec.runId);
      const files: FileHandle[] = [];
      let pid: number | undefined;
      try {
        await mkdir(home, { recursive: true, mode: 0o700 });
        const fifo = await options.run('mkfifo', ['-m', '600', join(home, 'stdin')]);
        if (fifo.code !== 0) throw new Error(`mkfifo failed: ${fifo.stderr.trim()}`);
        const stdin = await open(join(home, 'stdin'), constants.O_RDWR);
        files.push(stdin);
        const stdout = await open(join(home, 'spool'), 'a', 0o600);
        files.push(stdout);
        const stderr = await open(join(home, 'stderr'), 'a', 0o600);
        files.push(stderr);
        const env = { ...spec.env, [markName]: spec.runId };
        const spawned = await spawnDetached({ ...spec, env, stdio: [stdin.fd, stdout.fd, stderr.fd] });
        pid = spawned.pid;
        const start = (await processes.startOf(pid)) ?? 'gone';
        const { runId, conversationId, sessionId } = spec;
        const record: RunRecord = { runId, conversationId, sessionId, pid, start };
        await writeDurably(join(home, 'run.json'), JSON.stringify(record));
        const exited = spawned.exited.then(async (exit) => ({ ...exit, stderr: await lastWords(home) }));
        return createRun({ home, record, exited, processes, clock });
      } catch (error) {
        // Without its record it would be nobody's; it has been told nothing yet.
        if (pid !== undefined) signalProcess(pid, 'SIGKILL');
        await rm(home, { recursive: true, force: true });
        throw await options.disk.blame(error);
      } finally {
        await Promise.all(files.map((file) => file.close()));
      }
    },

    async recover() {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const runs: Run[] = [];
      for (const runId of await readdir(folder)) {
        const home = join(folder, runId);
        const record = await readRecord(home);
        if (!record) await clear(home);
        else
          runs.push(
            createRun({
              home,
              record,
              exited: gone(record, home, processes, clock),
              processes,
              clock,
            }),
          );
      }
      return runs;
    },

    async remove(runId) {
      await rm(join(folder, runId), { recursive: true, force: true });
      await syncFolder(folder);
    },
  };
}

/** The process of a run, alive or not; undefined when there is no such run. `folder` is that of all runs. */
export async function leaderOfRun(folder: string, runId: string): Promise<Leader | undefined> {
  const record = await readRecord(join(folder, runId));
  return record && { pid: record.pid, start: record.start, mark: `${markName}=${runId}` };
}

/** A folder without a readable run.json is one whose start was cut short. */
async function readRecord(home: string): Promise<RunRecord | undefined> {
  try {
    return JSON.parse(await readFile(join(home, 'run.json'), 'utf8')) as RunRecord;
  } catch (error) {
    if (
      error instanceof SyntaxError ||
      (error instanceof Error && 'code' in error && error.code === 'ENOENT')
    )
      return undefined;
    throw error;
  }
}

function createRun(options: {
  home: string;
  record: RunRecord;
  exited: Promise<RunExit>;
  processes: Processes;
  clock: Clock;
}): Run {
  const { home, record, exited, processes, clock } = options;
  const { runId, conversationId, sessionId, pid } = record;
  let stdin: Socket | undefined;
  let isGone = false;
  void exited.then(() => {
    isGone = true;
    stdin?.destroy();
  });

  return {
    runId,
    conversationId,
    sessionId,
    pid,
    exited,
    async write(line) {
      if (isGone) throw new Error(`run ${runId} is gone`);
      stdin ??= openStdin(join(home, 'stdin'));
      const socket = stdin;
      await new Promise<void>((resolve, reject) => {
        socket.write(`${line}\n`, (error) => (error ? reject(error) : resolve()));
      });
    },
    lines: (from, signal) => followLines({ path: join(home, 'spool'), from, ended: exited, signal }),
    async kill(graceMs) {
      if ((await processes.startOf(pid)) !== record.start) return;
      const children = await processes.descendants(pid);
      signalProcess(pid, 'SIGTERM');
      const stop = clock.after(graceMs, () => signalProcess(pid, 'SIGKILL'));
      await exited;
      stop();
      for (const child of children) signalProcess(child, 'SIGKILL');
    },
    detach() {
      stdin?.destroy();
    },
  };
}

/**
 * Write-only, so that a dead reader is an error (EPIPE) and not silence; non-blocking, so that a full pipe makes the write
 * wait and not the daemon. The socket owns the descriptor.
 */
function openStdin(path: string): Socket {
  const fd = openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  const socket = new Socket({ fd, readable: false, writable: true });
  socket.on('error', () => undefined);
  return socket;
}

async function gone(record: RunRecord, home: string, processes: Processes, clock: Clock): Promise<RunExit> {
  while ((await processes.startOf(record.pid)) === record.start) {
    await new Promise<void>((resolve) => clock.after(watchInterval, resolve));
  }
  return { code: null, signal: null, stderr: await lastWords(home) };
}

async function lastWords(home: string): Promise<string> {
  const text = await readFile(join(home, 'stderr'), 'utf8').catch(() => '');
  return text.slice(-2000).trim();
}
