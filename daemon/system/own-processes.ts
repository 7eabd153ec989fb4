// Which processes belong to one that Porchlight has started: those below it, those of its session, and those that have forked away
// but still have the mark that it was started with. A pid alone names nothing, so the first process is known by its start time too.
import { readdir, readFile } from 'node:fs/promises';
import type { RunCommand } from '../ports.ts';

export interface Leader {
  /** Leads a session of its own. */
  readonly pid: number;
  readonly start: string;
  /** `NAME=value`, in the environment of everything that it starts. */
  readonly mark: string;
}

export type FindOwnProcesses = (leader: Leader) => Promise<readonly number[]>;

export function createFindOwnProcesses(
  platform: NodeJS.Platform,
  run: RunCommand,
  startOf: (pid: number) => Promise<string | undefined>,
): FindOwnProcesses {
  const list = platform === 'linux' ? linuxProcesses : () => psProcesses(run);
  return async (leader) => {
    const all = await list(leader);
    const isThere = all.some(({ pid }) => pid === leader.pid);
    // The number may be another's by now; as long as anybody is of its session it is nobody else's.
    const isOther = isThere && (await startOf(leader.pid)) !== leader.start;
    const own = new Set(all.filter(({ isMarked }) => isMarked).map(({ pid }) => pid));
    // Session 0 is the kernel's, and that of whoever is outside of a container.
    if (!isOther && leader.pid > 1)
      for (const { pid, session } of all) if (session === leader.pid) own.add(pid);
    for (const pid of own) for (const child of all) if (child.parent === pid) own.add(child.pid);
    return [...own];
  };
}

interface Listed {
  readonly pid: number;
  readonly parent: number;
  /** Of the session, or of the group where the system tells no sessions. */
  readonly session: number;
  readonly isMarked: boolean;
}

async function linuxProcesses({ mark }: Leader): Promise<readonly Listed[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const listed = await Promise.all(
    pids.map(async (pid) => {
      const [stat, environment] = await Promise.all([readProc(pid, 'stat'), readProc(pid, 'environ')]);
      const [state, parent, , session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (!state || state === 'Z' || state === 'X') return undefined;
      const isMarked = `${environment}\0`.includes(`${mark}\0`);
      return { pid, parent: Number(parent), session: Number(session), isMarked };
    }),
  );
  return listed.filter((one) => one !== undefined);
}

/** Empty for a process that is gone, or somebody else's. */
function readProc(pid: number, name: string): Promise<string> {
  return readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '');
}

async function psProcesses(run: RunCommand): Promise<readonly Listed[]> {
  const { stdout } = await run('ps', ['-axo', 'pid=,ppid=,pgid=,stat=']);
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, , , state = 'Z']) => !state.startsWith('Z'))
    .map(([pid, parent, session]) => ({
      ...{ pid: Number(pid), parent: Number(parent), session: Number(session) },
      isMarked: false,
    }));
}
