// Who is asking: the bearer of an access token or an API token. No cookie, no query string, no loopback exemption.
import type { Request, RequestHandler } from 'express';
import type { Access } from '../pairing/access.ts';
import type { Principal } from '../pairing/devices.ts';
import { AppError } from '../protocol/errors.ts';
import type { Scope } from '../protocol/lobby.ts';
import { addressOf, type Guard } from './guard.ts';
import type { Strangers } from './strangers.ts';

const principals = new WeakMap<Request, Principal>();
const ends = new WeakMap<Request, number>();

/** What stands between a request and what is behind a token. */
export interface Door {
  readonly access: Access;
  readonly strangers: Strangers;
  readonly guard: Guard;
}

/** Counts a request that brings no valid token; before anything else is done for it. */
export function limitStrangers({ access, strangers, guard }: Door): RequestHandler {
  return (request, response, next) => {
    if (holderOf(request, access, guard) || strangers.ask(request, response)) next();
  };
}

/** Refuses a request without a valid token; later handlers ask `principalOf`. */
export function requireToken({ access, strangers, guard }: Door): RequestHandler {
  return (request, _response, next) => {
    const held = holderOf(request, access, guard);
    const connection = strangers.find(request.socket);
    if (!held) {
      connection?.forget();
      throw new AppError('unauthenticated');
    }
    connection?.admit();
    principals.set(request, held.principal);
    ends.set(request, held.ends);
    next();
  };
}

function holderOf(request: Request, access: Access, guard: Guard): ReturnType<Access['check']> {
  const token = /^Bearer ([\x21-\x7e]{1,512})$/.exec(request.headers.authorization ?? '')?.[1];
  return token === undefined ? undefined : access.check(token, addressOf(request, guard));
}

/** For the private socket: whoever can open it is the person whose daemon this is. */
export function asOwner(owner: Principal): RequestHandler {
  return (request, _response, next) => {
    principals.set(request, owner);
    next();
  };
}

export function principalOf(request: Request): Principal {
  const principal = principals.get(request);
  if (!principal) throw new AppError('unauthenticated');
  return principal;
}

/** When the token that was shown ends, monotonic ms: what it opened ends then too. */
export function endOf(request: Request): number {
  return ends.get(request) ?? Number.POSITIVE_INFINITY;
}

export function requireScope(principal: Principal, scope: Scope): void {
  if (!principal.scopes.includes(scope)) throw new AppError('forbidden');
}
