// The outer wall, the same for requests and upgrades: the Host must be one of the computer's own names, and an Origin, where
// there is one, exactly one of its own origins. Runs before anything else looks at a request.
import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import type { Clock } from '../ports.ts';
import { AppError } from '../protocol/errors.ts';

export interface Guard {
  /** Own host:port names at this moment; `https://` before each gives the own origins. */
  readonly hosts: () => ReadonlySet<string>;
  /** The name under which it is reached from the internet; undefined while that is off. */
  readonly remoteHost: () => string | undefined;
}

/** Asking the system for its addresses takes longer than all else that is done for a small request: once a second will do. */
export function rememberHosts({ hosts, remoteHost }: Guard, clock: Clock): Guard {
  let known: { readonly hosts: ReadonlySet<string>; readonly at: number } | undefined;
  return {
    remoteHost,
    hosts() {
      const now = clock.monotonic();
      if (!known || now - known.at >= 1000) known = { hosts: hosts(), at: now };
      // Not remembered: it counts not a moment longer than it is open.
      const remote = remoteHost();
      return remote === undefined ? known.hosts : new Set([...known.hosts, remote]);
    },
  };
}

/** Rejects a rebound name (421), a foreign page (403). Says nothing about credentials. */
export function checkOutside(request: IncomingMessage, { hosts }: Guard): void {
  const own = hosts();
  const names = request.headersDistinct['host'] ?? [];
  const host = names[0]?.toLowerCase();
  // Two names, or one in the request line too: whoever else reads this may go by the other.
  if (host === undefined || names.length > 1 || !own.has(host)) throw new AppError('misdirected');
  if (!request.url?.startsWith('/')) throw new AppError('misdirected');
  const { origin } = request.headers;
  const changes = request.method !== 'GET' && request.method !== 'HEAD';
  const upgrades = request.headers.upgrade !== undefined;
  // A page may look at what is open to all; what is behind a token is for the own page only, even where it brings one.
  const isFor = changes || upgrades || /^\/api(\/|$)/i.test(request.url);
  if (origin !== undefined && isFor && !isOwnOrigin(origin, own)) throw new AppError('foreign_origin');
  // A second check where browsers tell: no other site may send anything but a visit.
  const site = request.headers['sec-fetch-site'];
  if ((changes || upgrades) && site !== undefined && site !== 'same-origin' && site !== 'none') {
    throw new AppError('foreign_origin');
  }
}

/** Whether it came through the tunnel. Tunnels tell whom they bring, so a forged Host alone does not hide it. */
export function isFromInternet({ headers }: IncomingMessage, { remoteHost }: Guard): boolean {
  const remote = remoteHost();
  if (remote === undefined) return false;
  const isForwarded = headers['x-forwarded-for'] !== undefined || headers['cf-connecting-ip'] !== undefined;
  return isForwarded || headers.host?.toLowerCase() === remote;
}

/**
 * Who it is that our own tunnel brings, by the tunnel's word; undefined for whoever comes otherwise. What a visitor has written
 * into the header stands before what the tunnel adds. A program of this computer could speak as the tunnel does: all that it gains
 * is to be counted as several.
 */
export function visitorOf({ headers, socket }: IncomingMessage, { remoteHost }: Guard): string | undefined {
  const remote = remoteHost();
  if (remote === undefined || headers.host?.toLowerCase() !== remote) return undefined;
  if (!/^(::ffff:)?127\.|^::1$/.test(socket.remoteAddress ?? '')) return undefined;
  const last =
    String(headers['x-forwarded-for'] ?? '')
      .split(',')
      .at(-1)
      ?.trim() ?? '';
  return isIP(last) === 0 ? undefined : last;
}

/** Where a request came from; IPv4 as such, also where it comes in over IPv6. */
export function addressOf(request: IncomingMessage, guard: Guard): string {
  return visitorOf(request, guard) ?? request.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
}

export function isOwnOrigin(origin: string, hosts: ReadonlySet<string>): boolean {
  return origin.startsWith('https://') && hosts.has(origin.slice('https://'.length).toLowerCase());
}
