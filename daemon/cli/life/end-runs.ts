// Ends the processes of Claude that a home has: they outlive the daemon on purpose, and behind its last day nobody would.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { createProcesses, signalProcess } from '../../system/processes.ts';
import { runCommand } from '../../system/spawn.ts';
import type { Environment } from '../environment.ts';

const Record = z.looseObject({ pid: z.int(), start: z.string() });

/** Pids are used again: what began at another time is somebody else's. */
export async function endRunsOf({ machine }: Environment, home: string): Promise<void> {
  const processes = createProcesses(machine.platform, runCommand);
  const folder = join(home, 'runs');
  for (const runId of await readdir(folder).catch(() => [])) {
    const text = await readFile(join(folder, runId, 'run.json'), 'utf8').catch(() => '{}');
    const { data } = Record.safeParse(JSON.parse(text));
    if (data && (await processes.startOf(data.pid)) === data.start) signalProcess(data.pid, 'SIGTERM');
  }
}
