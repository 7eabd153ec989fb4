// Which processes belong to a dev server: those below it, those of its session, and those that have forked away but still have the
// mark that it was started with. A pid alone names nothing, so the first process is known by its start time too.
import { readdir, readFile } from 'node:fs/promises';
import type { RunCommand } from '../ports.ts';

export interface ServerRecord {
  readonly previewId: string;
  /** Leads a session of its own. */
  readonly pid: number;
  readonly start: string;
}

/** In the environment of everything that a dev server starts. */
export const markName = 'PORCHLIGHT_PREVIEW';

export type FindServerProcesses = (record: ServerRecord) => Promise<readonly number[]>;

export function createFindServerProcesses(
  platform: NodeJS.Platform,
  run: RunCommand,
  startOf: (pid: number) => Promise<string | undefined>,
): FindServerProcesses {
  const list = platform === 'linux' ? linuxProcesses : () => psProcesses(run);
  return async (record) => {
    const all = await list(record);
    const leader = all.find(({ pid }) => pid === record.pid);
    // The number may be another's by now; as long as anybody is of its session it is nobody else's.
    const isOther = leader !== undefined && (await startOf(record.pid)) !== record.start;
    const own = new Set(all.filter(({ isMarked }) => isMarked).map(({ pid }) => pid));
    // Session 0 is the kernel's, and that of whoever is outside of a container.
    if (!isOther && record.pid > 1)
      for (const { pid, session } of all) if (session === record.pid) own.add(pid);
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

async function linuxProcesses({ previewId }: ServerRecord): Promise<readonly Listed[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name)).map(Number);
  const mark = `${markName}=${previewId}\0`;
  const listed = await Promise.all(
    pids.map(async (pid) => {
      const [stat, environment] = await Promise.all([readProc(pid, 'stat'), readProc(pid, 'environ')]);
      const [state, parent, , session] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      if (!state || state === 'Z' || state === 'X') return undefined;
      const isMarked = `${environment}\0`.includes(mark);
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
