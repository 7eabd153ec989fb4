// Lingering: systemd then runs the person's services from the start of the computer on, and after they log out.
import type { RunCommand } from '../../ports.ts';
import { ServiceError } from './login-service.ts';

/** True also where nobody could say. */
export async function lingers(run: RunCommand): Promise<boolean> {
  const { code, stdout } = await run('loginctl', ['show-user', '--property=Linger', '--value', 'self']);
  return code !== 0 || stdout.trim() !== 'no';
}

/** Rejects with ServiceError where the system wants an administrator for it. */
export async function enableLingering(run: RunCommand): Promise<void> {
  const { code, stderr } = await run('loginctl', ['enable-linger']);
  if (code !== 0)
    throw new ServiceError(
      `loginctl enable-linger: ${stderr.trim()} An administrator can: sudo loginctl enable-linger "$(id -un)"`,
    );
}
