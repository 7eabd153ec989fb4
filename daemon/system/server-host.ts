// Dev servers behind the ServerHost port: a folder each under previews/, with a FIFO for stdin that never ends (some end when it does),
// a file for all that is printed, and server.json with pid and start time, by which the next daemon finds what this one left.
import { constants } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Clock, RunCommand } from '../ports.ts';
import type { ServerHost, ServerProcess } from '../ports/previews.ts';
import { orUndefined } from './certificate-faults.ts';
import { writeDurably } from './durable-file.ts';
import { createFindListening } from './listening-ports.ts';
import { createProcesses, signalProcess } from './processes.ts';
import { createFindOwnProcesses, type Leader } from './own-processes.ts';
import { spawnDetached } from './spawn.ts';
import { followLines } from './spool.ts';

/** How often a process that is not our child, or that was told to end, is looked at, ms. */
const watchMs = 500;
const endingMs = 60;

const Server = z.object({ previewId: z.string(), pid: z.int(), start: z.string() });
type ServerRecord = z.infer<typeof Server>;
const markName = 'PORCHLIGHT_PREVIEW';

type Exit = Awaited<ServerProcess['exited']>;

export function createServerHost(options: {
  folder: string;
  platform: NodeJS.Platform;
  clock: Clock;
  run: RunCommand;
  /** Undefined when there is no such run. */
  leaderOfRun: (runId: string) => Promise<Leader | undefined>;
}): ServerHost {
  const { folder, clock, platform, run } = options;
  const processes = createProcesses(platform, run);
  const findListening = createFindListening(platform, run);
  const findProcesses = createFindOwnProcesses(platform, run, processes.startOf);
  const findOwn = ({ previewId, pid, start }: ServerRecord) =>
    findProcesses({ pid, start, mark: `${markName}=${previewId}` });
  const pause = (ms: number) => new Promise<void>((resolve) => clock.after(ms, resolve));

  function serverOf(home: string, record: ServerRecord, exited: Promise<Exit>): ServerProcess {
    const letGo = new AbortController();
    return {
      previewId: record.previewId,
      pid: record.pid,
      exited,
      lines: async function* (signal) {
        const over = AbortSignal.any([signal, letGo.signal]);
        const ended = exited.then(async () => {
          while (!over.aborted && (await findOwn(record)).length > 0) await pause(watchMs);
        });
        for await (const { text } of followLines({ path: join(home, 'log'), from: 0, ended, signal: over }))
          yield text;
      },
      listening: async () => findListening(await findOwn(record)),
      async end(graceMs) {
        const until = clock.monotonic() + graceMs;
        for (const pid of await findOwn(record)) signalProcess(pid, 'SIGTERM');
        for (let left = await findOwn(record); left.length > 0; left = await findOwn(record)) {
          if (clock.monotonic() >= until) for (const pid of left) signalProcess(pid, 'SIGKILL');
          await pause(endingMs);
        }
        letGo.abort();
        await rm(home, { recursive: true, force: true });
      },
      detach: () => letGo.abort(),
    };
  }

  async function gone(record: ServerRecord): Promise<Exit> {
    while ((await processes.startOf(record.pid)) === record.start) await pause(watchMs);
    return { code: null, signal: null };
  }

  return {
    async start({ previewId, file, args, cwd, env }) {
      const home = join(folder, previewId);
      const files: FileHandle[] = [];
      let pid: number | undefined;
      try {
        await rm(home, { recursive: true, force: true });
        await mkdir(home, { recursive: true, mode: 0o700 });
        const fifo = await run('mkfifo', ['-m', '600', join(home, 'stdin')]);
        if (fifo.code !== 0) throw new Error(`mkfifo failed: ${fifo.stderr.trim()}`);
        const stdin = await open(join(home, 'stdin'), constants.O_RDWR);
        files.push(stdin);
        const log = await open(join(home, 'log'), 'a', 0o600);
        files.push(log);
        const marked = { ...env, [markName]: previewId };
        const stdio = [stdin.fd, log.fd, log.fd] as const;
        const spawned = await spawnDetached({ file, args, cwd, env: marked, stdio });
        pid = spawned.pid;
        const record = { previewId, pid, start: (await processes.startOf(pid)) ?? 'gone' };
        await writeDurably(join(home, 'server.json'), JSON.stringify(record));
        return serverOf(home, record, spawned.exited);
      } catch (error) {
        // Without its record it would be nobody's.
        if (pid !== undefined) signalProcess(pid, 'SIGKILL');
        await rm(home, { recursive: true, force: true });
        throw error;
      } finally {
        await Promise.all(files.map((one) => one.close()));
      }
    },

    async recover() {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const found: ServerProcess[] = [];
      for (const previewId of await readdir(folder)) {
        const home = join(folder, previewId);
        const record = await readRecord(home);
        // A start that was cut short has left nothing but the mark.
        const known = record ?? { previewId, pid: 0, start: '' };
        const server = serverOf(home, known, gone(known));
        if (record && (await findOwn(record)).length > 0) found.push(server);
        else await server.end(0);
      }
      return found;
    },

    async listeningOfRun(runId) {
      const leader = await options.leaderOfRun(runId);
      if (!leader) return [];
      const pids = await findProcesses(leader);
      return findListening(pids.filter((pid) => pid !== leader.pid));
    },

    async stillListens({ pid, port }) {
      return (await findListening([pid])).some((one) => one.port === port);
    },

    async freePort(from) {
      for (let port = from; port < 65_536; port += 1) if (await isFree(port)) return port;
      throw new Error(`no port from ${from} on is free`);
    },
  };
}

async function readRecord(home: string): Promise<ServerRecord | undefined> {
  const text = await readFile(join(home, 'server.json'), 'utf8').catch(() => '');
  return Server.safeParse(orUndefined(() => JSON.parse(text))).data;
}

/** On all addresses: what listens on one of them only is still in the way. */
function isFree(port: number): Promise<boolean> {
  const test = (host: string) =>
    new Promise<boolean>((resolve) => {
      const server = createServer();
      server.once('error', (error: NodeJS.ErrnoException) =>
        resolve(error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT'),
      );
      server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
    });
  return test('127.0.0.1').then(async (free) => free && (await test('::1')) && (await test('0.0.0.0')));
}
