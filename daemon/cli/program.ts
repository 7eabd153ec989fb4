// The command line as a table of contents: which commands there are, their options and help. Each does its work in a file of
// its own, loaded when it is asked for.
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { Via } from '../protocol/remote.ts';
import type { Environment, ServeFlags } from './environment.ts';
import { CliError, type ExitCode, exitCodes } from './exit-codes.ts';

/** Runs the command line. Resolves with the exit code; errors are printed as one sentence. */
export async function runProgram(args: readonly string[], environment: Environment): Promise<ExitCode> {
  try {
    await createProgram(environment).parseAsync(args, { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    if (!(error instanceof CliError)) throw error;
    environment.printError(error.message);
    return error.exitCode;
  }
}

function createProgram(environment: Environment): Command {
  const { env, personHome, version, print, printError } = environment;
  const home = env['PORCHLIGHT_HOME'] || `${personHome}/.porchlight`;
  const program = new Command('porchlight')
    .description('Drive your own Claude Code from your phone, on your own network.')
    .option('--home <dir>', 'where Porchlight keeps its things', home)
    .version(version, '-V, --version', 'print the version')
    .exitOverride()
    .showHelpAfterError('(porchlight --help shows what there is)')
    .configureOutput({
      writeOut: (text) => print(text.trimEnd()),
      writeErr: (text) => printError(text.trimEnd()),
    })
    .addHelpText('after', helpAfter);

  const withHome = (command: Command) =>
    command.addOption(new Option('--home <dir>', 'where Porchlight keeps its things'));
  const homeOf = (command: Command): string => command.optsWithGlobals()['home'];

  withHome(program.command('serve'))
    .description('run Porchlight in the foreground')
    .option('--host <address>', 'address to listen on (127.0.0.1: this computer only)')
    .option('--port <number>', 'port to listen on (0: any free one)', parsePort)
    .addOption(new Option('--tray <when>', 'the tray icon').choices(['auto', 'off']))
    .option('--claude <path>', 'where claude is, if it is not found by itself')
    .option('--projects <dir>', 'the folder that holds your projects')
    .option('--open', 'open the pair page in the browser')
    .option('--json', 'print one JSON line per fact instead of words')
    .action(async (options: ServeFlags, command: Command) => {
      const { readConfig } = await import('./read-config.ts');
      const config = await readConfig({ home: homeOf(command), env, flags: options });
      await environment.serve({
        home: homeOf(command),
        config,
        json: options.json ?? false,
        openPage: options.open ?? false,
      });
    });

  withHome(program.command('pair'))
    .description('show a QR code that pairs one phone')
    .option('--allow', 'say yes to the next phone here, after showing its six digits')
    .option('--scopes <list>', 'what it may do: read, use, approve, admin (with commas between)', usualScopes)
    .option('--json', 'print {"url", "code", "typed", "expiresAt"}')
    .action(async (options: { allow?: boolean; scopes: string; json?: boolean }, command: Command) => {
      const { pair } = await import('./pair.ts');
      await pair(environment, {
        home: homeOf(command),
        allow: options.allow ?? false,
        scopes: options.scopes,
        json: options.json ?? false,
      });
    });

  const devices = withHome(program.command('devices'))
    .description('who may come in: phones, browsers and API tokens')
    .option('--json', 'print {"devices"}')
    .action(async (options: { json?: boolean }, command: Command) => {
      const { listDevices } = await import('./devices.ts');
      await listDevices(environment, { home: homeOf(command), json: options.json ?? false });
    });
  withHome(devices.command('rename <device> <name>'))
    .description('give it another name; <device> is its name, or its id or the beginning of it')
    .action(async (device: string, name: string, _options: object, command: Command) => {
      const { renameDevice } = await import('./devices.ts');
      await renameDevice(environment, { home: homeOf(command), device, name });
    });
  withHome(devices.command('revoke <device>'))
    .description('shut it out; what it has open closes at once')
    .action(async (device: string, _options: object, command: Command) => {
      const { revokeDevice } = await import('./devices.ts');
      await revokeDevice(environment, { home: homeOf(command), device });
    });

  withHome(program.command('confirm [request]'))
    .description('show what a phone wants done that needs your yes; with its number, answer it')
    .addOption(new Option('--allow', 'let it be done').conflicts('deny'))
    .addOption(new Option('--deny', 'refuse it'))
    .option('--json', 'print {"confirmations"}')
    .action(
      async (
        request: string | undefined,
        options: { allow?: boolean; deny?: boolean; json?: boolean },
        command: Command,
      ) => {
        const { confirm } = await import('./confirm.ts');
        const behavior = options.allow ? 'allow' : options.deny ? 'deny' : undefined;
        await confirm(environment, { home: homeOf(command), request, behavior, json: options.json ?? false });
      },
    );

  const certificate = withHome(program.command('certificate'))
    .description('say which certificate is in force, and its fingerprint')
    .option('--json', 'print the facts as JSON')
    .action(async (options: { json?: boolean }, command: Command) => {
      const { showCertificate } = await import('./certificate.ts');
      await showCertificate(environment, { home: homeOf(command), json: options.json ?? false });
    });
  for (const [word, level, description] of certificateWords) {
    withHome(certificate.command(word))
      .description(description)
      .action(async (_options: object, command: Command) => {
        const { useCertificate } = await import('./certificate.ts');
        await useCertificate(environment, { home: homeOf(command), level });
      });
  }

  const token = program.command('token').description('API tokens for scripts');
  withHome(token.command('create'))
    .description('make a token; it is shown once')
    .requiredOption('--name <name>', 'what it is for')
    .option('--scopes <list>', 'read, use, approve, admin (with commas between)', usualScopes)
    .option('--json', 'print {"token"}')
    .action(async (options: { name: string; scopes: string; json?: boolean }, command: Command) => {
      const { createToken } = await import('./token.ts');
      await createToken(environment, { ...options, home: homeOf(command), json: options.json ?? false });
    });

  withHome(program.command('status'))
    .description('say how Porchlight is')
    .option('--json', 'print the facts as JSON')
    .action(async (options: { json?: boolean }, command: Command) => {
      const { status } = await import('./status.ts');
      await status(environment, { home: homeOf(command), json: options.json ?? false });
    });

  withHome(program.command('tunnel'))
    .description(
      'let paired phones reach this computer from the internet; off until you say so, and at the next start',
    )
    .addOption(
      new Option('--via <program>', 'the program that does it, installed by you').choices(Via.options),
    )
    .addOption(new Option('--off', 'end it').conflicts('via'))
    .option('--json', 'print {"remote"}')
    .action(async (options: { via?: Via; off?: boolean; json?: boolean }, command: Command) => {
      const { tunnel } = await import('./tunnel.ts');
      const { via, off = false, json = false } = options;
      await tunnel(environment, { home: homeOf(command), via, off, json });
    });

  withHome(program.command('doctor'))
    .description('look at all that Porchlight needs here, and say what mends it; 0 when nothing is bad')
    .option('--json', 'print {"checks"}')
    .action(async (options: { json?: boolean }, command: Command) => {
      const { doctor } = await import('./doctor.ts');
      await doctor(environment, { home: homeOf(command), json: options.json ?? false });
    });

  program
    .command('version')
    .description('print the version')
    .action(() => print(version));

  return program;
}

const usualScopes = 'read,use,approve';
const certificateWords = [
  ['trust', 'trusted', 'let phones trust this computer for good: one step on each, then no more warnings'],
  ['own', 'own', 'use your own certificate: the one in config.json, else one that Tailscale gives'],
  ['reset', 'selfSigned', 'go back to the self-signed certificate; if it is in use, make another one'],
] as const;

function parsePort(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('It is a number from 0 to 65535.');
  return port;
}

const helpAfter = `
Exit codes: 0 fine · 1 failed · 2 wrong command line · 3 port taken · 4 already running · 5 home not usable
            6 Node.js too old · 7 not running · 8 denied or out of time

Examples:
  porchlight serve              run it; the QR code is printed
  porchlight pair               pair another phone
  porchlight devices            see who may come in
  porchlight confirm            see what a phone needs your yes for
  porchlight token create --name backup-script --json`;
