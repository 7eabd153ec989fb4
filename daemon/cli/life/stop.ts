// `porchlight stop`: ends the daemon in good order. Claude's turns go on, and the next daemon takes them up.
import type { Environment } from '../environment.ts';
import { CliError, exitCodes } from '../exit-codes.ts';
import { withProgress } from '../progress.ts';
import { askStatus, endDaemon, findPid } from './running.ts';

export async function stop(environment: Environment, { home }: { home: string }): Promise<void> {
  const working = await end(environment, home);
  if (working === undefined)
    throw new CliError(exitCodes.notRunning, `Porchlight is not running for ${home}.`);
  environment.print(`The light is out.${turnsWords(working)}`);
}

/** Ends the daemon, if one runs, and gives how many conversations Claude works in; undefined when there was none. */
export async function end(environment: Environment, home: string): Promise<number | undefined> {
  const pid = await findPid(environment, home);
  if (pid === undefined) return undefined;
  const working = (await askStatus(environment, home))?.working ?? 0;
  await withProgress(environment, 'Putting the light out', endDaemon(environment, home, pid));
  return working;
}

export function turnsWords(working: number): string {
  if (working === 0) return '';
  const words =
    working === 1 ? 'One turn of Claude’s goes on, and is' : `${working} turns of Claude’s go on, and are`;
  return ` ${words} taken up at the next start.`;
}
