// The command line as a table of contents: the groups of commands, what goes for all of
// them, and how errors end.
import { Command, CommanderError } from 'commander';
import { NoAnswer } from '../ports/terminal.ts';
import { storeFormat } from '../store/store-identity.ts';
import type { Environment } from './environment.ts';
import { CliError, type ExitCode, exitCodes } from './exit-codes.ts';
import type { AddCommands } from './program/command-group.ts';
import { conditionCommands } from './program/condition.ts';
import { lettingInCommands } from './program/letting-in.ts';
import { lifeCommands } from './program/life.ts';
import { runningCommands } from './program/running.ts';

const groups: readonly AddCommands[] = [lifeCommands, runningCommands, lettingInCommands, conditionCommands];

/** Runs the command line. Resolves with the exit code; errors are printed as one sentence. */
export async function runProgram(args: readonly string[], environment: Environment): Promise<ExitCode> {
  try {
    await createProgram(environment).parseAsync(args, { from: 'user' });
    return exitCodes.ok;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
    if (error instanceof NoAnswer) {
      environment.printError(`${error.message} Nothing was changed.`);
      return exitCodes.denied;
    }
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

  for (const add of groups) add({ program, environment });

  program
    .command('version')
    .description('print the version')
    .option(
      '--json',
      'print {"version", "storeFormat"}; the second is the newest way of writing logs that it knows',
    )
    .action(({ json }: { json?: boolean }) =>
      print(json ? JSON.stringify({ version, storeFormat }) : version),
    );

  return program;
}

const helpAfter = `
Exit codes: 0 fine · 1 failed · 2 wrong command line · 3 port taken · 4 already running · 5 home not usable
            6 Node.js too old · 7 not running · 8 denied or out of time

Examples:
  porchlight start              run it in the background; the QR code is printed
  porchlight stop               end it; what Claude is doing goes on
  porchlight pair               pair another phone
  porchlight devices            see who may come in
  porchlight confirm            see what a phone needs your yes for
  porchlight token create --name backup-script --json`;
