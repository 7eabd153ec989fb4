// The commands that say how Porchlight is, and which doors it has.
import { type Command, Option } from 'commander';
import { Via } from '../../protocol/remote.ts';
import { type AddCommands, homeOf, withHome } from './command-group.ts';

export const conditionCommands: AddCommands = ({ program, environment }) => {
  withHome(program.command('status'))
    .description('say how Porchlight is')
    .option('--json', 'print the facts as JSON')
    .action(async (options: { json?: boolean }, command: Command) => {
      const { status } = await import('../status.ts');
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
      const { tunnel } = await import('../tunnel.ts');
      const { via, off = false, json = false } = options;
      await tunnel(environment, { home: homeOf(command), via, off, json });
    });

  withHome(program.command('doctor'))
    .description('look at all that Porchlight needs here, and say what mends it; 0 when nothing is bad')
    .option('--json', 'print {"checks"}')
    .action(async (options: { json?: boolean }, command: Command) => {
      const { doctor } = await import('../doctor.ts');
      await doctor(environment, { home: homeOf(command), json: options.json ?? false });
    });

  const certificate = withHome(program.command('certificate'))
    .description('say which certificate is in force, and its fingerprint')
    .option('--json', 'print the facts as JSON')
    .action(async (options: { json?: boolean }, command: Command) => {
      const { showCertificate } = await import('../certificate.ts');
      await showCertificate(environment, { home: homeOf(command), json: options.json ?? false });
    });
  for (const [word, level, description] of certificateWords) {
    withHome(certificate.command(word))
      .description(description)
      .action(async (_options: object, command: Command) => {
        const { useCertificate } = await import('../certificate.ts');
        await useCertificate(environment, { home: homeOf(command), level });
      });
  }
};

const certificateWords = [
  ['trust', 'trusted', 'let phones trust this computer for good: one step on each, then no more warnings'],
  ['own', 'own', 'use your own certificate: the one in config.json, else one that Tailscale gives'],
  ['reset', 'selfSigned', 'go back to the self-signed certificate; if it is in use, make another one'],
] as const;
