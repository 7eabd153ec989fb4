// Runs of Claude outlive the daemon on purpose; whoever starts a daemon for a test, the demo or the bench must end them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createProcesses } from '../system/processes.ts';
import { runCommand } from '../system/spawn.ts';
import { until } from './until.ts';

/** Ends every run of that home and waits for their ends. Pids are used again: what began at another time is somebody else's. */
export async function endRuns(home: string): Promise<void> {
  const { startOf } = createProcesses(process.platform, runCommand);
  const runs = join(home, 'runs');
  for (const runId of existsSync(runs) ? readdirSync(runs) : []) {
    const path = join(runs, runId, 'run.json');
    if (!existsSync(path)) continue;
    const { pid, start } = JSON.parse(readFileSync(path, 'utf8'));
    if ((await startOf(pid)) !== start) continue;
    process.kill(pid, 'SIGTERM');
    await until(`run ${runId} to end`, async () => (await startOf(pid)) !== start);
  }
}
