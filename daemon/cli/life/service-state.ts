// `porchlight service status` and `remove`.
import { existsSync } from 'node:fs';
import type { Environment } from '../environment.ts';
import { CliError, exitCodes } from '../exit-codes.ts';
import { requireService } from './install-service.ts';
import { findPid } from './running.ts';

export async function serviceStatus(
  environment: Environment,
  { home, json }: { home: string; json: boolean },
): Promise<void> {
  const { print } = environment;
  const service = await requireService(environment, home);
  const installed = await service.isInstalled();
  const state = installed ? await service.state() : '';
  const files = service.files.filter((file) => existsSync(file));
  if (json) return print(JSON.stringify({ installed, by: service.by, files, state }));
  if (!installed)
    return print(
      `Nothing starts Porchlight at login for ${home}. To change that: porchlight service install`,
    );
  print(`Porchlight is started at login for ${home}; ${state}.`);
  for (const file of files) print(`  ${file}`);
}

export async function removeService(environment: Environment, { home }: { home: string }): Promise<void> {
  const { print } = environment;
  const service = await requireService(environment, home);
  const before = await findPid(environment, home);
  const removed = await service.remove();
  if (removed.length === 0)
    throw new CliError(
      exitCodes.failed,
      `Nothing starts Porchlight at login for ${home}; there is nothing to remove.`,
    );
  for (const file of removed) print(`Removed ${file}`);
  if (before !== undefined && (await findPid(environment, home)) !== undefined)
    print('The daemon that runs goes on until it is stopped: porchlight stop');
}
