// Who is asking: the bearer of an access token or an API token. No cookie, no query string, no loopback exemption.
import type { Request, RequestHandler } from 'express';
import type { Access } from '../pairing/access.ts';
import type { Principal } from '../pairing/devices.ts';
import { AppError } from '../protocol/errors.ts';
import type { Scope } from '../protocol/lobby.ts';

const principals = new WeakMap<Request, Principal>();

/** Refuses a request without a valid token; later handlers ask `principalOf`. */
export function requireToken(access: Access): RequestHandler {
  return (request, _response, next) => {
    const token = /^Bearer ([\x21-\x7e]{1,512})$/.exec(request.headers.authorization ?? '')?.[1];
    const held = token === undefined ? undefined : access.check(token);
    if (!held) throw new AppError('unauthenticated');
    principals.set(request, held.principal);
    next();
  };
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

export function requireScope(principal: Principal, scope: Scope): void {
  if (!principal.scopes.includes(scope)) throw new AppError('forbidden');
}
