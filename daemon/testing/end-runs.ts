// Runs of Claude outlive the daemon on purpose; whoever starts a daemon for a test, the demo or the bench must end them.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './until.ts';

/** Ends every run of that home and waits for their ends. */
export async function endRuns(home: string): Promise<void> {
  const runs = join(home, 'runs');
  for (const runId of existsSync(runs) ? readdirSync(runs) : []) {
    const path = join(runs, runId, 'run.json');
    if (!existsSync(path)) continue;
    const { pid } = JSON.parse(readFileSync(path, 'utf8'));
    if (isAlive(pid)) process.kill(pid, 'SIGTERM');
    await until(`run ${runId} to end`, () => !isAlive(pid));
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // A process that ended keeps its number until its parent has noticed; where there is no init, that is never.
  const stat = `/proc/${pid}/stat`;
  return !existsSync(stat) || !/\) Z /.test(readFileSync(stat, 'utf8'));
}
