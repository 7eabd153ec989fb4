// Chooses what starts the daemon of a home at login on this computer.
import { join } from 'node:path';
import { linuxLogin } from '../../system/at-login/linux-login.ts';
import { type LoginService, ServiceError, serviceName } from '../../system/at-login/login-service.ts';
import { macosLogin } from '../../system/at-login/macos-login.ts';
import { runCommand } from '../../system/spawn.ts';
import type { Environment } from '../environment.ts';
import { CliError, exitCodes } from '../exit-codes.ts';
import { readConfig } from '../read-config.ts';
import { outputOf } from './output.ts';

/** Undefined on a system of which Porchlight knows no way. */
export async function loginServiceFor(
  environment: Environment,
  home: string,
): Promise<LoginService | undefined> {
  const { env, personHome, machine } = environment;
  const name = serviceName({ home, usualHome: join(personHome, '.porchlight') });
  if (machine.platform === 'darwin')
    return macosLogin({ name, personHome, uid: machine.uid ?? 0, output: outputOf(home), run: runCommand });
  if (machine.platform !== 'linux') return undefined;
  const { tray } = await readConfig({ home, env, flags: {} });
  return linuxLogin({
    ...{ name, env, run: runCommand, wantsTray: tray !== 'off' },
    configFolder: env['XDG_CONFIG_HOME'] || join(personHome, '.config'),
  });
}

/** What the system refuses is told in its own words. */
export async function explained<T>(work: Promise<T> | undefined): Promise<T | undefined> {
  return work?.catch((error: unknown) => {
    throw error instanceof ServiceError ? new CliError(exitCodes.failed, error.message) : error;
  });
}
