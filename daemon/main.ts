// The program's start: the only place that reads argv, the environment and signals, and that exits. Everything else gets what
// it needs handed in.
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import manifest from '../package.json' with { type: 'json' };
import { runProgram } from './cli/program.ts';
import { systemClock } from './system/clock.ts';
import { runCommand } from './system/spawn.ts';
import { openTerminal } from './system/terminal.ts';

/** The commit that it was built from; put in by the build where that is known. */
declare const builtFrom: string | undefined;

const here = dirname(fileURLToPath(import.meta.url));

// Whatever is written from here on is for the owner only.
process.umask(0o077);

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `Porchlight needs Node.js 20.19 or newer; this is ${process.versions.node}. Get it from https://nodejs.org\n`,
  );
  process.exit(6);
}

// A closed terminal or a reader that went away must not end the daemon.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const machine = { platform: process.platform, arch: process.arch, uid: process.getuid?.() };
const print = (line: string) => void process.stdout.write(`${line}\n`);

const ended = runProgram(process.argv.slice(2), {
  env: process.env,
  personHome: homedir(),
  version: manifest.version,
  commit: typeof builtFrom === 'undefined' ? '' : builtFrom,
  nodeVersion: process.versions.node,
  machine,
  print,
  printError: (line) => void process.stderr.write(`${line}\n`),
  isTerminal: process.stdout.isTTY === true,
  draw: (text) => void process.stdout.write(text),
  openTerminal:
    process.stdin.isTTY && process.stdout.isTTY
      ? () => openTerminal(process.stdin, process.stdout)
      : undefined,
  node: process.execPath,
  program: fileURLToPath(import.meta.url),
  isPrivate: manifest.private,
  holdSignals,
  async serve(options) {
    const stopped = new Promise<string>((resolve) => {
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
        process.once(signal, () => resolve(signal));
    });
    const { serve } = await import('./cli/serve.ts');
    const { createDesktop } = await import('./system/desktop.ts');
    const desktop = createDesktop({
      ...{ ...machine, home: options.home, pid: process.pid, env: process.env, node: process.execPath },
      ...{ program: fileURLToPath(import.meta.url), pictures: join(here, 'assets') },
      ...{ run: runCommand, clock: systemClock },
    });
    // What the daemon waits for while it starts may be held by nothing else, and Node would end in the middle of it.
    const alive = setInterval(() => undefined, 1 << 30);
    await serve({
      ...options,
      version: manifest.version,
      env: process.env,
      personHome: homedir(),
      ...machine,
      pid: process.pid,
      isTerminal: process.stdout.isTTY === true,
      print,
      webFolder: join(here, 'web'),
      desktop,
      stopped,
      onBug(report) {
        process.on('unhandledRejection', report);
        process.on('uncaughtException', report);
      },
    }).finally(() => clearInterval(alive));
  },
});

function holdSignals(): () => void {
  const nothing = () => undefined;
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, nothing);
  return () => {
    for (const signal of signals) process.off(signal, nothing);
  };
}

// Bugs are caught so that the daemon goes on; one that ends it must not look like a good end.
const code = await ended.catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return 1;
});
// A daemon that came up only half may follow runs already: it must not do so beside the next one.
if (code !== 0) process.exit(code);
