// The commands that run Porchlight.
import { type Command, Option } from 'commander';
import type { ServeFlags } from '../environment.ts';
import { type AddCommands, homeOf, parsePort, withHome } from './command-group.ts';

export const runningCommands: AddCommands = ({ program, environment }) => {
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
      const { readSettings } = await import('../read-config.ts');
      const { config, overrides } = await readSettings({
        home: homeOf(command),
        env: environment.env,
        flags: options,
      });
      await environment.serve({
        home: homeOf(command),
        config,
        overrides,
        json: options.json ?? false,
        openPage: options.open ?? false,
      });
    });
};
