// Facts about running processes, and ending them with their children. A pid alone names nothing: pids are used again,
// so a process is known by its pid and start time together.
import { readdir, readFile, readlink } from 'node:fs/promises';
import type { RunCommand } from '../ports.ts';

export interface Processes {
  /** Some text that differs for every process that ever had this pid; undefined when none runs (or only a zombie). */
  startOf(pid: number): Promise<string | undefined>;
  /** All processes below `pid`, also those in sessions of their own. */
  descendants(pid: number): Promise<readonly number[]>;
  /** Processes that have this file open. */
  holdersOf(path: string): Promise<readonly number[]>;
}

/** /proc on Linux, `ps` elsewhere. */
export function createProcesses(platform: NodeJS.Platform, run: RunCommand): Processes {
  return platform === 'linux' ? linuxProcesses : psProcesses(run);
}

const linuxProcesses: Processes = {
  async startOf(pid) {
    const stat = await readStat(pid);
    return stat && stat.state !== 'Z' && stat.state !== 'X' ? stat.start : undefined;
  },
  async descendants(pid) {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
    const stats = await Promise.all(
      pids.map(async (child) => ({
        pid: child,
        parent: (await readStat(child))?.parent,
      })),
    );
    return below(pid, stats);
  },
  async holdersOf(path) {
    const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
    const open = await Promise.all(pids.map(async (pid) => ({ pid, files: await openFiles(pid) })));
    return open.filter(({ files }) => files.includes(path)).map(({ pid }) => pid);
  },
};

/** Empty for a process that is gone, or is somebody else's. */
async function openFiles(pid: number): Promise<readonly string[]> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch(() => []);
  return Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => '')));
}

/** Fields of /proc/<pid>/stat; the name in parentheses may hold anything, so fields are counted from its end. */
async function readStat(pid: number): Promise<{ state: string; parent: number; start: string } | undefined> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ESRCH') return undefined;
    throw error;
  });
  const fields = text?.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, parent, start] = [fields?.[0], fields?.[1], fields?.[19]];
  return state && parent && start ? { state, parent: Number(parent), start } : undefined;
}

function psProcesses(run: RunCommand): Processes {
  return {
    async startOf(pid) {
      const { code, stdout } = await run('ps', ['-o', 'stat=,lstart=', '-p', String(pid)]);
      const [state, ...start] = stdout.trim().split(/\s+/);
      return code === 0 && state && !state.startsWith('Z') ? start.join(' ') : undefined;
    },
    async descendants(pid) {
      const { stdout } = await run('ps', ['-axo', 'pid=,ppid=']);
      const pairs = stdout
        .trim()
        .split('\n')
        .map((line) => line.trim().split(/\s+/).map(Number));
      return below(
        pid,
        pairs.map(([child, parent]) => ({ pid: child ?? 0, parent })),
      );
    },
    async holdersOf(path) {
      const { stdout } = await run('lsof', ['-t', '--', path]);
      return stdout.trim().split('\n').filter(Boolean).map(Number);
    },
  };
}

function below(root: number, processes: readonly { pid: number; parent: number | undefined }[]): number[] {
  const found = [root];
  for (const parent of found) {
    for (const process of processes) if (process.parent === parent) found.push(process.pid);
  }
  return found.slice(1);
}

/** Sends a signal; a process that is already gone is no error. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}
