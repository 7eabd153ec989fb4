// The commands of the daemon's life: set up, start, stop, at login, another version, away with it.
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import type { ServeFlags } from '../environment.ts';
import { type AddCommands, homeOf, parsePort, withHome } from './command-group.ts';

interface Loud {
  readonly json?: boolean;
  readonly quiet?: boolean;
}

export const lifeCommands: AddCommands = ({ program, environment }) => {
  withSettings(withHome(program.command('start')))
    .description('switch the light on: run Porchlight in the background')
    .option('--foreground', 'stay in this terminal, as serve does')
    .addOption(new Option('--quiet', 'say nothing but errors').conflicts('json'))
    .option('--json', 'print {"event", "url", "pid"} when it is up')
    .action(async (options: ServeFlags & Loud & { foreground?: boolean }, command: Command) => {
      const { start } = await import('../life/start.ts');
      const { foreground = false } = options;
      await start(environment, {
        home: wholeHome(command),
        flags: options,
        foreground,
        ...loudness(options),
      });
    });

  withHome(program.command('stop'))
    .description('put the light out; turns of Claude’s go on, and are taken up at the next start')
    .action(async (_options: object, command: Command) => {
      const { stop } = await import('../life/stop.ts');
      await stop(environment, { home: wholeHome(command) });
    });

  withSettings(withHome(program.command('restart')))
    .description('stop and start the way it was started; loses nothing of what Claude is doing')
    .addOption(new Option('--quiet', 'say nothing but errors').conflicts('json'))
    .option('--json', 'print {"event", "url", "pid"} when it is up')
    .action(async (options: ServeFlags & Loud, command: Command) => {
      const { restart } = await import('../life/restart.ts');
      await restart(environment, { home: wholeHome(command), flags: options, ...loudness(options) });
    });

  withHome(program.command('setup'))
    .description('ask the first questions again; what is said here is not asked')
    .option('--projects <dir>', 'the folder that holds your projects')
    .option('--port <number>', 'port to listen on', parsePort)
    .addOption(new Option('--at-login', 'start at login'))
    .addOption(new Option('--no-at-login', 'do not start at login'))
    .action(async (options: { projects?: string; port?: number; atLogin?: boolean }, command: Command) => {
      const { setUp } = await import('../life/setup.ts');
      await setUp(environment, { ...options, home: wholeHome(command), isFirstTime: false });
    });

  const service = program
    .command('service')
    .description('have the system start Porchlight at login, and again if it fails');
  withHome(service.command('install'))
    .description('for this home, with the settings of its config.json')
    .option('--linger', 'run without a login too, from the start of the computer on (systemd)')
    .action(async (options: { linger?: boolean }, command: Command) => {
      const { installService } = await import('../life/install-service.ts');
      await installService(environment, { home: wholeHome(command), linger: options.linger ?? false });
    });
  withHome(service.command('remove'))
    .description('do not start at login any more')
    .action(async (_options: object, command: Command) => {
      const { removeService } = await import('../life/service-state.ts');
      await removeService(environment, { home: wholeHome(command) });
    });
  withHome(service.command('status'))
    .description('say what starts it, and with which files')
    .option('--json', 'print {"installed", "by", "files", "state"}')
    .action(async (options: { json?: boolean }, command: Command) => {
      const { serviceStatus } = await import('../life/service-state.ts');
      await serviceStatus(environment, { home: wholeHome(command), json: options.json ?? false });
    });

  withHome(program.command('upgrade [version]'))
    .description('install another version; if it does not come up, the one before is put back')
    .addHelpText(
      'after',
      '\n[version] is a version, a tag, or the path of a package file (.tgz); without it, the newest.',
    )
    .option('--check', 'only say what is new')
    .option('--json', 'with --check: print {"current", "offered", "isNew"}')
    .action(
      async (wanted: string | undefined, options: { check?: boolean; json?: boolean }, command: Command) => {
        const { upgrade } = await import('../life/upgrade.ts');
        const { check = false, json = false } = options;
        await upgrade(environment, { home: wholeHome(command), wanted, check, json });
      },
    );

  withHome(program.command('uninstall'))
    .description(
      'take away what Porchlight put onto this computer; your projects and Claude’s own files stay',
    )
    .option('--purge', 'with its folder: settings, devices, conversations')
    .option('--yes', 'without asking')
    .action(async (options: { purge?: boolean; yes?: boolean }, command: Command) => {
      const { uninstall } = await import('../life/uninstall.ts');
      const { purge = false, yes = false } = options;
      await uninstall(environment, { home: wholeHome(command), purge, yes });
    });
};

/** Of this start alone; what is to last stands in config.json. */
function withSettings(command: Command): Command {
  return command
    .option('--host <address>', 'address to listen on (127.0.0.1: this computer only)')
    .option('--port <number>', 'port to listen on (0: any free one)', parsePort)
    .addOption(new Option('--tray <when>', 'the tray icon').choices(['auto', 'off']))
    .option('--claude <path>', 'where claude is, if it is not found by itself')
    .option('--projects <dir>', 'the folder that holds your projects')
    .option('--open', 'open the pair page in the browser');
}

/** A daemon in the background works in another folder than this terminal. */
function wholeHome(command: Command): string {
  return resolve(homeOf(command));
}

function loudness({ json = false, quiet = false }: Loud): { json: boolean; quiet: boolean } {
  return { json, quiet };
}
