// The commands that open a way to the app: the QR code by itself, and the page in this computer's browser.
import type { Command } from 'commander';
import { type AddCommands, homeOf, usualScopes, withHome } from './command-group.ts';

export const openingCommands: AddCommands = ({ program, environment }) => {
  withHome(program.command('qr'))
    .description('print the QR code for one phone and nothing else; say yes to the phone on the pair page')
    .option('--scopes <list>', 'what it may do: read, use, approve, admin (with commas between)', usualScopes)
    .option('--json', 'print {"url", "code", "typed", "expiresAt", "modules"}')
    .action(async (options: { scopes: string; json?: boolean }, command: Command) => {
      const { showQr } = await import('../qr.ts');
      const { scopes, json = false } = options;
      await showQr(environment, { home: homeOf(command), scopes, json });
    });

  withHome(program.command('open [place]'))
    .description('open the app in this computer’s browser, at a place such as /pair, /devices or /settings')
    .option('--json', 'print {"page"} and open nothing; it leads there once, within a minute')
    .action(async (place: string | undefined, options: { json?: boolean }, command: Command) => {
      const { openApp } = await import('../open.ts');
      await openApp(environment, { home: homeOf(command), place: place ?? '/', json: options.json ?? false });
    });
};
