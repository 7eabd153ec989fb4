// The commands that say who may come in, and to what.
import { type Command, Option } from 'commander';
import { type AddCommands, homeOf, usualScopes, withHome } from './command-group.ts';

export const lettingInCommands: AddCommands = ({ program, environment }) => {
  withHome(program.command('pair'))
    .description('show a QR code that pairs one phone')
    .option('--allow', 'say yes to the next phone here, after showing its six digits')
    .option('--scopes <list>', 'what it may do: read, use, approve, admin (with commas between)', usualScopes)
    .option(
      '--replaces <device>',
      'the phone takes the place of this one, whose key is lost; what it may stays',
    )
    .option('--json', 'print {"url", "code", "typed", "expiresAt"}')
    .action(
      async (
        options: { allow?: boolean; scopes: string; replaces?: string; json?: boolean },
        command: Command,
      ) => {
        const { pair } = await import('../pair.ts');
        await pair(environment, {
          home: homeOf(command),
          allow: options.allow ?? false,
          scopes: options.scopes,
          replaces: options.replaces,
          json: options.json ?? false,
        });
      },
    );

  const devices = withHome(program.command('devices'))
    .description('who may come in: phones, browsers and API tokens')
    .option('--json', 'print {"devices"}')
    .action(async (options: { json?: boolean }, command: Command) => {
      const { listDevices } = await import('../devices.ts');
      await listDevices(environment, { home: homeOf(command), json: options.json ?? false });
    });
  withHome(devices.command('rename <device> <name>'))
    .description('give it another name; <device> is its name, or its id or the beginning of it')
    .action(async (device: string, name: string, _options: object, command: Command) => {
      const { renameDevice } = await import('../devices.ts');
      await renameDevice(environment, { home: homeOf(command), device, name });
    });
  withHome(devices.command('revoke <device>'))
    .description('shut it out; what it has open closes at once')
    .action(async (device: string, _options: object, command: Command) => {
      const { revokeDevice } = await import('../devices.ts');
      await revokeDevice(environment, { home: homeOf(command), device });
    });

  withHome(program.command('confirm [request]'))
    .description('answer what a phone wants done that needs your yes; without a terminal, show it')
    .addOption(new Option('--allow', 'let it be done').conflicts('deny'))
    .addOption(new Option('--deny', 'refuse it'))
    .option('--json', 'print {"confirmations"}')
    .action(
      async (
        request: string | undefined,
        options: { allow?: boolean; deny?: boolean; json?: boolean },
        command: Command,
      ) => {
        const { confirm } = await import('../confirm.ts');
        const behavior = options.allow ? 'allow' : options.deny ? 'deny' : undefined;
        await confirm(environment, { home: homeOf(command), request, behavior, json: options.json ?? false });
      },
    );

  const token = program.command('token').description('API tokens for scripts');
  withHome(token.command('create'))
    .description('make a token; it is shown once')
    .requiredOption('--name <name>', 'what it is for')
    .option('--scopes <list>', 'read, use, approve, admin (with commas between)', usualScopes)
    .option('--json', 'print {"token"}')
    .action(async (options: { name: string; scopes: string; json?: boolean }, command: Command) => {
      const { createToken } = await import('../token.ts');
      await createToken(environment, { ...options, home: homeOf(command), json: options.json ?? false });
    });
};
