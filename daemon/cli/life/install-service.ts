// `porchlight service install`: has the system start the daemon of this home at login, with the PATH of the person's own terminal.
import { rm } from 'node:fs/promises';
import type { DaemonLine, LoginService } from '../../system/at-login/login-service.ts';
import { enableLingering, lingers } from '../../system/at-login/lingering.ts';
import { joinPaths, readLoginPath } from '../../system/login-path.ts';
import { runApart, runCommand } from '../../system/spawn.ts';
import type { Environment } from '../environment.ts';
import { CliError, exitCodes } from '../exit-codes.ts';
import { withProgress } from '../progress.ts';
import { findInstallation } from './installation.ts';
import { recordOf } from './launch.ts';
import { explained, loginServiceFor } from './login-service.ts';
import { findPid } from './running.ts';

export async function installService(
  environment: Environment,
  { home, linger = false }: { home: string; linger?: boolean },
): Promise<void> {
  const { print, machine, program } = environment;
  const service = await requireService(environment, home);
  if (findInstallation(program).kind === 'npx')
    throw new CliError(
      exitCodes.failed,
      'This Porchlight lies in the cache of npx, which is emptied now and then. Install it first: npm install --global porchlight',
    );
  const line = await withProgress(
    environment,
    'Asking your shell where programs are',
    describe(environment, home),
  );
  for (const note of (await explained(service.install(line))) ?? []) print(note);
  // How it was started by hand counts no more: the service goes by config.json alone.
  await rm(recordOf(home), { force: true });
  if (linger) await explained(enableLingering(runCommand));
  else if (machine.platform === 'linux' && service.startsWithoutDesktop && !(await lingers(runCommand)))
    print(
      'To have it run from the start of the computer on, without a login: porchlight service install --linger',
    );
  if ((await findPid(environment, home)) !== undefined)
    print('The daemon that runs now was started otherwise; to put it into the service: porchlight restart');
}

/** Rejects with CliError where nothing could start it. */
export async function requireService(environment: Environment, home: string): Promise<LoginService> {
  const service = await loginServiceFor(environment, home);
  if (service) return service;
  throw new CliError(
    exitCodes.failed,
    `Porchlight does not know how programs are started at login on ${environment.machine.platform}.`,
  );
}

async function describe({ node, program, env }: Environment, home: string): Promise<DaemonLine> {
  const loginPath = await readLoginPath({ env, run: runApart });
  const folders = joinPaths(
    loginPath ?? env['PATH'] ?? '',
    `${nodeFolder(node)}:/usr/local/bin:/usr/bin:/bin`,
  );
  return { node, program, home, path: folders };
}

function nodeFolder(node: string): string {
  return node.slice(0, node.lastIndexOf('/'));
}
