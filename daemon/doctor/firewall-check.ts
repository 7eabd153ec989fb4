// Whether a firewall on this computer may keep phones out. Only looks, never asks for rights: what it cannot see it says so.
import { readFile } from 'node:fs/promises';
import type { RunCommand } from '../ports.ts';
import type { Check } from '../protocol/doctor.ts';

/** What could be seen. `lets`: undefined where only the administrator may know. */
export interface SeenFirewall {
  readonly name: 'ufw' | 'firewalld' | 'nftables' | 'macOS';
  readonly lets: boolean | undefined;
}

/** `visitor`: an address, not this computer's own, from which a phone has come in. */
export function judgeFirewall(of: {
  readonly seen: readonly SeenFirewall[];
  readonly port: number;
  readonly visitor: string | undefined;
}): Check {
  const name = 'Firewall';
  const { seen, port, visitor } = of;
  const closed = seen.find(({ lets }) => lets === false);
  const unknown = seen.find(({ lets }) => lets === undefined);
  if (closed) {
    const sentence = `${title[closed.name]} is on and does not let port ${port} in.`;
    return { name, state: 'bad', sentence, fix: opening[closed.name](port) };
  }
  if (unknown && visitor !== undefined)
    return {
      ...{ name, state: 'ok', fix: '' },
      sentence: `${title[unknown.name]} is on, and a phone has come in from ${visitor}.`,
    };
  if (unknown) {
    const sentence = `${title[unknown.name]} is on; whether it lets port ${port} in only an administrator can see.`;
    return { name, state: 'warning', sentence, fix: opening[unknown.name](port) };
  }
  const [open] = seen;
  const sentence = open
    ? `${title[open.name]} lets port ${port} in.`
    : 'No firewall was found on this computer.';
  return { name, state: 'ok', sentence, fix: '' };
}

const title = {
  ufw: 'The firewall ufw',
  firewalld: 'The firewall firewalld',
  nftables: 'The firewall nftables',
  macOS: 'The macOS firewall',
} satisfies Record<SeenFirewall['name'], string>;

const opening = {
  ufw: (port) => `If phones do not reach it, run: sudo ufw allow ${port}/tcp`,
  firewalld: (port) =>
    `Let it in until the next restart, and with --permanent for good; run: sudo firewall-cmd --add-port=${port}/tcp`,
  nftables: (port) =>
    `If phones do not reach it, let TCP port ${port} in. To see the rules, run: sudo nft list ruleset`,
  macOS: () =>
    'System Settings → Network → Firewall → Options: allow incoming connections for “node”, and do not block all of them.',
} satisfies Record<SeenFirewall['name'], (port: number) => string>;

const timeoutMs = 4000;

/** Those that are on. */
export async function lookForFirewalls(of: {
  readonly platform: NodeJS.Platform;
  readonly port: number;
  readonly run: RunCommand;
  /** Default `/etc/ufw/ufw.conf`: all may read it, while `ufw status` is for the administrator. */
  readonly ufwFile?: string;
}): Promise<readonly SeenFirewall[]> {
  const { platform, port, run, ufwFile = '/etc/ufw/ufw.conf' } = of;
  if (platform === 'darwin') return lookAtMac(run);
  if (platform !== 'linux') return [];
  const [ufw, firewalld, nftables] = await Promise.all([
    readFile(ufwFile, 'utf8').catch(() => ''),
    lookAtFirewalld(run, port),
    run('systemctl', ['is-active', 'nftables'], { timeoutMs }),
  ]);
  const isActive = nftables.stdout.trim() === 'active';
  return [
    ...(/^\s*ENABLED=yes\b/im.test(ufw) ? [{ name: 'ufw', lets: undefined } as const] : []),
    ...firewalld,
    ...(isActive ? [{ name: 'nftables', lets: undefined } as const] : []),
  ];
}

async function lookAtFirewalld(run: RunCommand, port: number): Promise<readonly SeenFirewall[]> {
  const { stdout } = await run('firewall-cmd', ['--state'], { timeoutMs });
  if (stdout.trim() !== 'running') return [];
  const asked = await run('firewall-cmd', [`--query-port=${port}/tcp`], { timeoutMs });
  const answer = asked.stdout.trim();
  return [{ name: 'firewalld', lets: answer === 'yes' ? true : answer === 'no' ? false : undefined }];
}

async function lookAtMac(run: RunCommand): Promise<readonly SeenFirewall[]> {
  const program = '/usr/libexec/ApplicationFirewall/socketfilterfw';
  const [state, all] = await Promise.all([
    run(program, ['--getglobalstate'], { timeoutMs }),
    run(program, ['--getblockall'], { timeoutMs }),
  ]);
  if (!/enabled/i.test(state.stdout)) return [];
  return [{ name: 'macOS', lets: /block all.*(enabled|on)\b/i.test(all.stdout) ? false : undefined }];
}
