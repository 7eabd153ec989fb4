// The one-time code in the QR: 128 random bits, at most one alive, dead after its first use or 120 s. It is held in memory
// only. Whoever asks while it is fresh gets the same one, so that terminal and pair page do not kill each other's.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock, RandomBytes } from '../ports.ts';
import type { Scope } from '../protocol/lobby.ts';

export const codeLifetimeMs = 120_000;

export interface Codes {
  /**
   * The live code if at least half of its life is left, otherwise a new one; the one before dies. `scopes` is what the
   * phone that uses it will be allowed.
   */
  make(scopes: readonly Scope[]): { code: string; expiresAt: number };
  /** Takes the code: true at most once. Removing comes before checking, so that two who come at once cannot both win. */
  take(code: string): { readonly scopes: readonly Scope[] } | undefined;
}

export function createCodes({ clock, random }: { clock: Clock; random: RandomBytes }): Codes {
  let live:
    | { code: string; expiresAt: number; hash: Buffer; scopes: readonly Scope[]; ends: number }
    | undefined;
  return {
    make(scopes) {
      const isFresh = live && live.ends - clock.monotonic() >= codeLifetimeMs / 2;
      if (live && isFresh && live.scopes.join() === scopes.join())
        return { code: live.code, expiresAt: live.expiresAt };
      const code = Buffer.from(random(16)).toString('base64url');
      const expiresAt = clock.now() + codeLifetimeMs;
      live = { code, expiresAt, scopes, hash: sha256(code), ends: clock.monotonic() + codeLifetimeMs };
      return { code, expiresAt };
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
