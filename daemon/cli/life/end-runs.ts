// Ends what outlives the daemon of a home on purpose, Claude and dev servers: behind the home's last day nobody else would.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { createProcesses, signalProcess } from '../../system/processes.ts';
import { runCommand } from '../../system/spawn.ts';
import type { Environment } from '../environment.ts';

const Record = z.looseObject({ pid: z.int(), start: z.string() });
const kept = { runs: 'run.json', previews: 'server.json' };

/** With all that they have started. Pids are used again: what began at another time is somebody else's. */
export async function endRunsOf({ machine }: Environment, home: string): Promise<void> {
  const processes = createProcesses(machine.platform, runCommand);
  for (const [folder, file] of Object.entries(kept)) {
    for (const id of await readdir(join(home, folder)).catch(() => [])) {
      const text = await readFile(join(home, folder, id, file), 'utf8').catch(() => '{}');
      const { data } = Record.safeParse(JSON.parse(text));
      if (!data || (await processes.startOf(data.pid)) !== data.start) continue;
      const all = [data.pid, ...(await processes.descendants(data.pid))];
      for (const pid of all) signalProcess(pid, 'SIGTERM');
    }
  }
}
