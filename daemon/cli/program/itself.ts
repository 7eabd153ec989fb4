// The commands about the program itself: its version, and what a shell needs to complete its commands.
import { Argument, type Command } from 'commander';
import { completionsFor, type Shell, shells } from '../completions.ts';
import { type AddCommands, homeOf, withHome } from './command-group.ts';

export const itselfCommands: AddCommands = ({ program, environment }) => {
  withHome(program.command('version'))
    .description('print the versions of Porchlight, Node.js and Claude Code')
    .option('--json', 'print {"version", "storeFormat", "commit", "node", "claude", "platform"}')
    .action(async (options: { json?: boolean }, command: Command) => {
      const { showVersion } = await import('../version.ts');
      await showVersion(environment, { home: homeOf(command), json: options.json ?? false });
    });

  program
    .command('completions')
    .description('print what your shell needs to complete these commands')
    .addArgument(new Argument('<shell>', 'whose').choices(shells))
    .action((shell: Shell) => environment.print(completionsFor(shell, program)));
};
