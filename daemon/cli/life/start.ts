// `porchlight start`: asks a person the few things there are to ask the first time, starts the daemon in the background, and says
// where it is. A script is asked nothing.
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Environment, ServeFlags } from '../environment.ts';
import { CliError, exitCodes } from '../exit-codes.ts';
import { withProgress } from '../progress.ts';
import { readSettings } from '../read-config.ts';
import { greet, type Loudness } from './greeting.ts';
import { launch } from './launch.ts';
import { askStatus, findPid, whenUp } from './running.ts';
import { setUp } from './setup.ts';

export interface StartOptions extends Loudness {
  readonly home: string;
  readonly flags: ServeFlags;
  readonly foreground: boolean;
}

export async function start(environment: Environment, options: StartOptions): Promise<void> {
  const { home, flags, foreground, json } = options;
  await refuseIfRunning(environment, home);
  const isFirstTime = !existsSync(join(home, 'config.json'));
  const asks = isFirstTime && !json && !options.quiet && environment.openTerminal !== undefined;
  if (asks) await setUp(environment, { home, isFirstTime: true });
  const { config, overrides } = await readSettings({ home, env: environment.env, flags });
  if (foreground) return environment.serve({ home, config, overrides, json, openPage: flags.open ?? false });
  const status = await withProgress(
    environment,
    'Switching the light on',
    launch(environment, { home, words: wordsOf(flags) }),
  );
  await greet(environment, { ...options, status });
}

/** One that is still on its way up is waited for, so that its address can be told. */
async function refuseIfRunning(environment: Environment, home: string): Promise<void> {
  const pid = await findPid(environment, home);
  if (pid === undefined) return;
  const status =
    (await askStatus(environment, home)) ??
    (await withProgress(
      environment,
      'Waiting for the one that is coming up',
      whenUp(environment, { home, failure: gone }),
    ));
  throw new CliError(
    exitCodes.alreadyRunning,
    `Porchlight is already running at ${status.urls.join('  ')} (process ${status.pid}). More phones: porchlight pair`,
  );

  async function gone(): Promise<CliError | undefined> {
    if ((await findPid(environment, home)) !== undefined) return undefined;
    return new CliError(exitCodes.failed, 'Porchlight was just going out. Run it again: porchlight start');
  }
}

/** The same settings as words for `serve`, which works in another folder. */
export function wordsOf({ host, port, tray, claude, projects, open }: ServeFlags): string[] {
  const settings = {
    host,
    port,
    tray,
    claude: claude && resolve(claude),
    projects: projects && whole(projects),
  };
  const given = Object.entries(settings).filter(([, value]) => value !== undefined);
  return [...given.flatMap(([name, value]) => [`--${name}`, String(value)]), ...(open ? ['--open'] : [])];
}

/** `~` is understood by the daemon itself. */
function whole(path: string): string {
  return path.startsWith('~') ? path : resolve(path);
}
