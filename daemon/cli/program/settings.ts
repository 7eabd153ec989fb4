// The commands that show and change settings.
import type { Command } from 'commander';
import { type AddCommands, homeOf, withHome } from './command-group.ts';

interface Json {
  readonly json?: boolean;
}

export const settingsCommands: AddCommands = ({ program, environment }) => {
  const config = withHome(program.command('config'))
    .description('show every setting: its value, where that comes from, what it means')
    .option('--json', 'print {"settings", "path", "trouble", "unknown", "isRunning"}')
    .action(async (_options: Json, command: Command) => {
      const { showConfig } = await import('../config.ts');
      await showConfig(environment, whereOf(command));
    });
  withHome(config.command('get <name>'))
    .description('print the value of one setting')
    .option('--json', 'print all that is known of it')
    .action(async (name: string, _options: Json, command: Command) => {
      const { getSetting } = await import('../config.ts');
      await getSetting(environment, { ...whereOf(command), name });
    });
  withHome(config.command('set <name> <value>'))
    .description('change a setting, at once where that can be, else for the next start')
    .option('--json', 'print what it is then')
    .action(async (name: string, text: string, _options: Json, command: Command) => {
      const { changeSetting } = await import('../config.ts');
      await changeSetting(environment, { ...whereOf(command), name, text });
    });
  withHome(config.command('unset <name>'))
    .description('take a setting out of config.json: the default counts again')
    .option('--json', 'print what it is then')
    .action(async (name: string, _options: Json, command: Command) => {
      const { changeSetting } = await import('../config.ts');
      await changeSetting(environment, { ...whereOf(command), name, text: undefined });
    });
};

/** `--json` is understood before and behind the inner command alike. */
function whereOf(command: Command): { home: string; json: boolean } {
  return { home: homeOf(command), json: command.optsWithGlobals()['json'] === true };
}
