// The one-time code in the QR: 128 random bits, at most one alive, dead after its first use or 120 s. Only its hash is held,
// in memory only.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock, RandomBytes } from '../ports.ts';
import type { Scope } from '../protocol/lobby.ts';

export const codeLifetimeMs = 120_000;

export interface Codes {
  /** A new code; the one before dies. `scopes` is what the phone that uses it will be allowed. */
  make(scopes: readonly Scope[]): { code: string; expiresAt: number };
  /** Takes the code: true at most once. Removing comes before checking, so that two who come at once cannot both win. */
  take(code: string): { readonly scopes: readonly Scope[] } | undefined;
}

export function createCodes({ clock, random }: { clock: Clock; random: RandomBytes }): Codes {
  let live: { hash: Buffer; scopes: readonly Scope[]; ends: number } | undefined;
  return {
    make(scopes) {
      const code = Buffer.from(random(16)).toString('base64url');
      live = { hash: sha256(code), scopes, ends: clock.monotonic() + codeLifetimeMs };
      return { code, expiresAt: clock.now() + codeLifetimeMs };
    },
    take(code) {
      const candidate = live;
      if (!candidate || !timingSafeEqual(candidate.hash, sha256(code))) return undefined;
      live = undefined;
      return clock.monotonic() < candidate.ends ? { scopes: candidate.scopes } : undefined;
    },
  };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
