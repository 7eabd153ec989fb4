// The command line as a table of contents: the groups of commands, what goes for all of
// them, and how errors end.
import { Command, CommanderError } from 'commander';
import { NoAnswer } from '../ports/terminal.ts';
import type { Environment } from './environment.ts';
import { CliError, type ExitCode, exitCodes } from './exit-codes.ts';
import type { AddCommands } from './program/command-group.ts';
import { conditionCommands } from './program/condition.ts';
import { lettingInCommands } from './program/letting-in.ts';
import { addExamples } from './program/examples.ts';
import { itselfCommands } from './program/itself.ts';
import { keepingCommands } from './program/keeping.ts';
import { lifeCommands } from './program/life.ts';
import { openingCommands } from './program/opening.ts';
import { runningCommands } from './program/running.ts';
import { settingsCommands } from './program/settings.ts';

/** Under which heading of the help each stands. */
const groups: readonly (readonly [heading: string, add: AddCommands])[] = [
  ['Run it:', lifeCommands],
  ['Run it:', runningCommands],
  ['Let phones in:', openingCommands],
  ['Let phones in:', lettingInCommands],
  ['See how it is:', conditionCommands],
  ['Settings:', settingsCommands],
  ['Keep what was said:', keepingCommands],
  ['The program itself:', itselfCommands],
];

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

export function createProgram(environment: Environment): Command {
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

  for (const [heading, add] of groups) {
    program.commandsGroup(heading);
    add({ program, environment });
  }

  program.commandsGroup('The program itself:');
  addExamples(program);
  return program;
}

const helpAfter = `
Exit codes: 0 fine · 1 failed · 2 wrong command line · 3 port taken · 4 already running · 5 home not usable
            6 Node.js too old · 7 not running · 8 denied or out of time

What a command takes, and an example: porchlight help COMMAND`;
