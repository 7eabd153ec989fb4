// Starts the daemon in the background and waits until it is up: through the service that is installed for its home, else as a
// process of its own whose output goes to the logs. How it was started is kept, so that it can be started the same way again.
import { open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { writeDurably } from '../../system/durable-file.ts';
import { HomeError, prepareHome } from '../../system/home.ts';
import { joinPaths, readLoginPath } from '../../system/login-path.ts';
import { signalProcess } from '../../system/processes.ts';
import { runApart, spawnDetached } from '../../system/spawn.ts';
import type { Environment } from '../environment.ts';
import { CliError, type ExitCode, exitCodes } from '../exit-codes.ts';
import { explained, loginServiceFor } from './login-service.ts';
import { freshOutput, lastSentence } from './output.ts';
import { type Status, whenUp } from './running.ts';

const Record = z.object({ words: z.array(z.string()) });

export interface LaunchOptions {
  readonly home: string;
  /** Added to the command line of `serve`; the service knows none, so then it is not asked. */
  readonly words: readonly string[];
  /** Only this daemon will do. */
  readonly fits?: (status: Status) => boolean;
  /** How long it may take, ms; it is ended then. */
  readonly patienceMs?: number;
}

/** Resolves when it is up. Rejects with CliError, and then none was left behind. */
export async function launch(environment: Environment, options: LaunchOptions): Promise<Status> {
  const { home, words } = options;
  await prepareHome(home, environment.machine.uid).catch((error: unknown) => {
    throw error instanceof HomeError ? new CliError(exitCodes.homeUnusable, error.message) : error;
  });
  const service = await loginServiceFor(environment, home);
  if (words.length === 0 && (await service?.isInstalled()) && (await explained(service?.start()))) {
    await rm(recordOf(home), { force: true });
    return whenUp(environment, {
      ...options,
      async failure() {
        const failure = await service?.failure();
        return (
          failure && new CliError(knownCode(failure.code), `Porchlight does not come up. ${failure.words}`)
        );
      },
    }).catch(async (error: unknown) => {
      await service?.stop();
      throw error;
    });
  }
  return launchDetached(environment, options);
}

/** How the daemon of this home was started last. */
export async function lastWords(home: string): Promise<readonly string[]> {
  try {
    return Record.parse(JSON.parse(await readFile(recordOf(home), 'utf8'))).words;
  } catch {
    // None, or not ours any more: then it was the service, or a terminal.
    return [];
  }
}

async function launchDetached(environment: Environment, options: LaunchOptions): Promise<Status> {
  const { home, words } = options;
  const output = await freshOutput(home);
  const files = await Promise.all([open('/dev/null', 'r'), open(output, 'a', 0o600)]);
  const [input, log] = files;
  let ended: ExitCode | undefined;
  try {
    const { pid, exited } = await spawnDetached({
      file: environment.node,
      args: [environment.program, 'serve', '--json', '--home', home, ...words],
      cwd: home,
      env: await daemonEnvironment(environment),
      stdio: [input.fd, log.fd, log.fd],
    });
    void exited.then(({ code }) => {
      ended = knownCode(code);
    });
    await writeDurably(recordOf(home), JSON.stringify({ words }));
    const fits = (status: Status) => status.pid === pid && (options.fits?.(status) ?? true);
    return await whenUp(environment, {
      ...options,
      fits,
      failure: async () =>
        ended === undefined ? undefined : new CliError(ended, await lastSentence(output)),
    }).catch(async (error: unknown) => {
      if (ended === undefined) signalProcess(pid, 'SIGKILL');
      await exited;
      throw error;
    });
  } finally {
    await Promise.all(files.map((file) => file.close()));
  }
}

/** The person's own, with the folders that only their login shell knows. */
async function daemonEnvironment({ env }: Environment): Promise<Record<string, string>> {
  const loginPath = (await readLoginPath({ env, run: runApart })) ?? '';
  const own: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) if (value !== undefined) own[name] = value;
  return { ...own, PATH: joinPaths(own['PATH'] ?? '', loginPath) };
}

/** Of a daemon that should have come up; that it ended well is no success. */
function knownCode(code: number | null | undefined): ExitCode {
  const known = Object.values(exitCodes).find((one) => one === code);
  return known === undefined || known === exitCodes.ok ? exitCodes.failed : known;
}

export function recordOf(home: string): string {
  return join(home, 'background.json');
}
