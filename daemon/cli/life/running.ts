// Whether a daemon runs for a home, and waiting until one does, or none does any more.
import type { CommandResult } from '../../protocol/commands.ts';
import { systemClock } from '../../system/clock.ts';
import { pidOfHolder } from '../../system/home.ts';
import { createProcesses, signalProcess } from '../../system/processes.ts';
import { runCommand } from '../../system/spawn.ts';
import type { Environment } from '../environment.ts';
import { CliError, exitCodes } from '../exit-codes.ts';
import { connectPrivately } from '../private-client.ts';

export type Status = CommandResult<'daemon.status'>;

/** How long a daemon may take to come up or to end, ms; half a second when all is well, much longer where many logs were damaged. */
const patience = 300_000;
const endPatience = 60_000;
/** How often it is looked at, ms. Nobody tells: the daemon is no child of ours. */
const pace = 100;

/** The pid of the daemon that has this home, be it up already or not. */
export function findPid(environment: Environment, home: string): Promise<number | undefined> {
  return pidOfHolder(home, createProcesses(environment.machine.platform, runCommand));
}

/** What the daemon says of itself; undefined when none answers. */
export async function askStatus({ env }: Environment, home: string): Promise<Status | undefined> {
  const asked = connectPrivately(home, env).then((client) => client.run('daemon.status', {}));
  const tooLate = new Promise<undefined>((resolve) => systemClock.after(5000, () => resolve(undefined)));
  return Promise.race([asked, tooLate]).catch((error: unknown) => {
    if (isNoAnswer(error)) return undefined;
    throw error;
  });
}

/** Not there, or on its way up or down. */
function isNoAnswer(error: unknown): boolean {
  if (error instanceof CliError) return error.exitCode === exitCodes.notRunning;
  return error instanceof Error && 'code' in error && ['ECONNRESET', 'EPIPE'].includes(String(error.code));
}

/** Resolves when a daemon answers that `fits`. Rejects with CliError when `failure` gives a reason, or when it takes too long. */
export async function whenUp(
  environment: Environment,
  options: {
    home: string;
    fits?: (status: Status) => boolean;
    failure: () => Promise<CliError | undefined>;
    patienceMs?: number;
  },
): Promise<Status> {
  const { home, fits = () => true, failure, patienceMs = patience } = options;
  const deadline = systemClock.monotonic() + patienceMs;
  while (systemClock.monotonic() < deadline) {
    const status = await askStatus(environment, home);
    if (status && fits(status)) return status;
    const reason = await failure();
    if (reason) throw reason;
    await pause(pace);
  }
  throw new CliError(
    exitCodes.failed,
    `Porchlight did not come up within ${patienceMs / 1000} s. What it said is in ${home}/logs.`,
  );
}

/** Asks the daemon to end in good order and waits until it has; runs of Claude go on. */
export async function endDaemon(environment: Environment, home: string, pid: number): Promise<void> {
  signalProcess(pid, 'SIGTERM');
  const deadline = systemClock.monotonic() + endPatience;
  while ((await findPid(environment, home)) === pid) {
    if (systemClock.monotonic() > deadline)
      throw new CliError(
        exitCodes.failed,
        `Porchlight (process ${pid}) does not end. What it waits for is in ${home}/logs; kill ${pid} ends it for good.`,
      );
    await pause(pace);
  }
}

/** The clock's own timers do not keep this process alive, and nothing else may. */
function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
