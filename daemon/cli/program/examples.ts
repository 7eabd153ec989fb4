// An example for every command, under its help: as somebody types it. A command without one fails its test.
import type { Command } from 'commander';

export const examples: Readonly<Record<string, string>> = {
  start: 'porchlight start',
  stop: 'porchlight stop',
  restart: 'porchlight restart',
  setup: 'porchlight setup --projects ~/code',
  service: 'porchlight service status',
  'service install': 'porchlight service install',
  'service remove': 'porchlight service remove',
  'service status': 'porchlight service status --json',
  upgrade: 'porchlight upgrade --check',
  uninstall: 'porchlight uninstall',
  serve: 'porchlight serve --port 47001',
  qr: 'porchlight qr',
  open: 'porchlight open /settings',
  pair: 'porchlight pair --allow',
  devices: 'porchlight devices',
  'devices rename': 'porchlight devices rename 3f2a91c0 "Ana’s phone"',
  'devices revoke': 'porchlight devices revoke "Ana’s phone"',
  confirm: 'porchlight confirm 4e21 --allow',
  token: 'porchlight token create --name backup-script',
  'token create': 'porchlight token create --name backup-script --scopes read',
  status: 'porchlight status --json',
  tunnel: 'porchlight tunnel --via cloudflared',
  doctor: 'porchlight doctor',
  certificate: 'porchlight certificate',
  'certificate trust': 'porchlight certificate trust',
  'certificate own': 'porchlight certificate own',
  'certificate reset': 'porchlight certificate reset',
  config: 'porchlight config',
  'config get': 'porchlight config get maxRuns',
  'config set': 'porchlight config set maxRuns 4',
  'config unset': 'porchlight config unset maxRuns',
  logs: 'porchlight logs -f --since 10m --level warn',
  export: 'porchlight export "Tidy up" --format html --out tidy-up.html',
  backup: 'porchlight backup porchlight-2026-11-22.tar.gz',
  restore: 'porchlight restore porchlight-2026-11-22.tar.gz',
  version: 'porchlight version --json',
  completions: 'eval "$(porchlight completions bash)"',
};

/** To the program and all that is in it. */
export function addExamples(program: Command): void {
  for (const { path, command } of commandsOf(program)) {
    const example = examples[path];
    if (example !== undefined) command.addHelpText('after', `\nExample:\n  ${example}`);
  }
}

/** Every command, and those within it; `path` is e.g. `token create`. */
export function commandsOf(program: Command, before = ''): { path: string; command: Command }[] {
  return program.commands.flatMap((command) => {
    const path = `${before}${before === '' ? '' : ' '}${command.name()}`;
    return [{ path, command }, ...commandsOf(command, path)];
  });
}
