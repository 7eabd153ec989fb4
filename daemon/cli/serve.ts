// `porchlight serve`: builds the ports, starts the daemon, says where it is, and stops it when asked. `--json` prints one
// JSON line per fact instead of words; the first is `ready`.
import { join } from 'node:path';
import { createDaemon } from '../daemon.ts';
import type { Daemon } from '../daemon-options.ts';
import type { Desktop } from '../ports/desktop.ts';
import { systemClock } from '../system/clock.ts';
import { reasonOf } from '../system/disk.ts';
import { AlreadyRunning, HomeError, prepareHome } from '../system/home.ts';
import { openLogger } from '../system/logger.ts';
import type { ServeOptions } from './environment.ts';
import { CliError, exitCodes } from './exit-codes.ts';
import { drawPairing } from './pairing-card.ts';

export interface ServeWorld extends ServeOptions {
  readonly version: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly personHome: string;
  readonly platform: NodeJS.Platform;
  readonly arch: NodeJS.Architecture;
  readonly uid: number | undefined;
  readonly pid: number;
  readonly isTerminal: boolean;
  readonly print: (line: string) => void;
  readonly webFolder: string;
  readonly desktop: Desktop;
  /** Tells of errors that nobody caught: bugs. The daemon logs them and goes on; conversations must not die of one. */
  readonly onBug: (report: (error: unknown) => void) => void;
  /** Resolves when the person or the system wants it to stop. */
  readonly stopped: Promise<string>;
}

export async function serve(world: ServeWorld): Promise<void> {
  const { home, json, print } = world;
  const tell = (event: string, facts: object) => {
    if (json) print(JSON.stringify({ event, ...facts }));
  };
  let quit: (why: string) => void = () => undefined;
  const asked = new Promise<string>((resolve) => {
    quit = resolve;
  });
  const say = (sentence: string) => (json ? tell('notice', { sentence }) : print(sentence));
  // Whoever reads the output relies on `ready` being the first line.
  let early: string[] | undefined = [];
  const { daemon, logger } = await begin().catch((error: unknown) => explain(error, world));

  tell('ready', { url: daemon.urls[0], pid: world.pid });
  if (!json) await greet(daemon, world);
  for (const sentence of early) say(sentence);
  early = undefined;
  const isFirstTime = !json && daemon.isNew && hasDesktop(world);
  if (world.openPage || isFirstTime) await daemon.openPage('/pair');
  const why = await Promise.race([asked, world.stopped]);
  tell('stopping', { why });
  await daemon.close();
  logger.info('stopped', { why });
  logger.flush();
  tell('stopped', {});

  async function begin(): Promise<{ daemon: Daemon; logger: ReturnType<typeof openLogger> }> {
    await prepareHome(home, world.uid);
    const logger = openLogger(join(home, 'logs'));
    world.onBug((error) => logger.error('a bug', error));
    const daemon = await createDaemon({
      ...world,
      clock: systemClock,
      logger,
      quit: () => quit('quit in the tray'),
      say: (sentence) => (early ? early.push(sentence) : say(sentence)),
    });
    return { daemon, logger };
  }
}

function hasDesktop({ platform, env }: ServeWorld): boolean {
  return platform === 'darwin' || Boolean(env['DISPLAY'] ?? env['WAYLAND_DISPLAY']);
}

async function greet(daemon: Daemon, { print, isTerminal, version }: ServeWorld): Promise<void> {
  print(`Porchlight ${version}: the light is on at ${daemon.urls.join('  ')}`);
  const pairing = await daemon.startPairing();
  print(drawPairing(pairing, { isTerminal }));
  print('More phones: porchlight pair · How it is: porchlight status · Stop: Ctrl+C (Claude’s work goes on)');
}

/** What a person can do something about gets a sentence and a code; the rest is a bug and keeps its stack. */
function explain(error: unknown, world: ServeWorld): never {
  if (error instanceof HomeError) throw new CliError(exitCodes.homeUnusable, error.message);
  if (error instanceof AlreadyRunning) {
    throw new CliError(exitCodes.alreadyRunning, `${error.message} See how it is with: porchlight status`);
  }
  const reason = reasonOf(error);
  if (reason !== undefined)
    throw new CliError(
      exitCodes.homeUnusable,
      `Porchlight cannot use its folder ${world.home}: ${reason}, then start again. (${String(error)})`,
    );
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'EADDRINUSE') {
    const { port } = world.config;
    throw new CliError(
      exitCodes.portTaken,
      `Port ${port} is taken by another program. Choose another: porchlight serve --port ${port + 1}`,
    );
  }
  if (code === 'EADDRNOTAVAIL' || code === 'EACCES') {
    const { host, port } = world.config;
    throw new CliError(
      exitCodes.portTaken,
      `Porchlight may not listen on ${host}:${port}. Choose another --host or --port.`,
    );
  }
  throw error;
}
