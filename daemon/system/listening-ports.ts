// Which ports processes listen on, as the system tells it: /proc on Linux, `lsof` elsewhere. Looks; connects to nothing.
import { readdir, readFile, readlink } from 'node:fs/promises';
import type { RunCommand } from '../ports.ts';
import type { ListeningPort } from '../ports/previews.ts';

export type FindListening = (pids: readonly number[]) => Promise<readonly ListeningPort[]>;

export function createFindListening(platform: NodeJS.Platform, run: RunCommand): FindListening {
  return platform === 'linux' ? linuxListening : (pids) => lsofListening(pids, run);
}

/** State LISTEN in /proc/net/tcp. */
const listens = '0A';

async function linuxListening(pids: readonly number[]): Promise<readonly ListeningPort[]> {
  const sockets = new Map<string, readonly Omit<ListeningPort, 'pid'>[]>();
  for (const table of ['tcp', 'tcp6']) {
    const text = await readFile(`/proc/net/${table}`, 'utf8').catch(() => '');
    for (const line of text.split('\n').slice(1)) {
      const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
      const [address = '', port = ''] = local.split(':');
      if (state === listens && inode !== undefined)
        sockets.set(inode, reached(hexAddress(address), Number.parseInt(port, 16)));
    }
  }
  const found = await Promise.all(
    pids.map(async (pid) => {
      const inodes = await socketsOf(pid);
      return inodes.flatMap((inode) => (sockets.get(inode) ?? []).map((one) => ({ ...one, pid })));
    }),
  );
  return unique(found.flat());
}

async function socketsOf(pid: number): Promise<readonly string[]> {
  const folder = `/proc/${pid}/fd`;
  const names = await readdir(folder).catch(() => []);
  const targets = await Promise.all(names.map((name) => readlink(`${folder}/${name}`).catch(() => '')));
  return targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []);
}

/** What matters of it: whom it is for. */
type Bound = 'loopback4' | 'loopback6' | 'all4' | 'all6' | 'other';

function hexAddress(hex: string): Bound {
  if (/^0+$/.test(hex)) return hex.length === 8 ? 'all4' : 'all6';
  // Words in the order of the machine's bytes: 127.x.y.z ends in 7F.
  if (/^(0{16}F{4}0000|0{16}0000F{4})?[0-9A-F]{6}7F$/.test(hex)) return 'loopback4';
  return hex === `${'0'.repeat(24)}01000000` ? 'loopback6' : 'other';
}

function reached(bound: Bound, port: number): readonly Omit<ListeningPort, 'pid'>[] {
  const v4 = { port, host: '127.0.0.1' } as const;
  const v6 = { port, host: '::1' } as const;
  switch (bound) {
    case 'loopback4':
      return [{ ...v4, isExposed: false }];
    case 'loopback6':
      return [{ ...v6, isExposed: false }];
    case 'all4':
      return [{ ...v4, isExposed: true }];
    case 'all6':
      return [
        { ...v4, isExposed: true },
        { ...v6, isExposed: true },
      ];
    case 'other':
      return [];
    default:
      return bound satisfies never;
  }
}

async function lsofListening(pids: readonly number[], run: RunCommand): Promise<readonly ListeningPort[]> {
  if (pids.length === 0) return [];
  const { stdout } = await run('lsof', ['-nP', '-a', '-iTCP', '-sTCP:LISTEN', '-Fpn', '-p', pids.join(',')]);
  let pid = 0;
  const found: ListeningPort[] = [];
  for (const line of stdout.split('\n')) {
    if (line.startsWith('p')) pid = Number(line.slice(1));
    const [, address = '', port = ''] = /^n(.*):(\d+)$/.exec(line) ?? [];
    if (port === '') continue;
    const bound =
      address === '*'
        ? 'all6'
        : address === '[::1]'
          ? 'loopback6'
          : address.startsWith('127.')
            ? 'loopback4'
            : 'other';
    found.push(...reached(bound, Number(port)).map((one) => ({ ...one, pid })));
  }
  return unique(found);
}

function unique(all: readonly ListeningPort[]): readonly ListeningPort[] {
  return [...new Map(all.map((one) => [`${one.host} ${one.port}`, one])).values()];
}
