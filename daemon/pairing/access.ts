// Signing in: a challenge, signed by the device's key, buys an access token for ten minutes. Tokens live in memory only, here
// as hashes; API tokens (plt_…) are looked up in the device list each time.
import { createHash } from 'node:crypto';
import type { Clock, RandomBytes } from '../ports.ts';
import { AppError } from '../protocol/errors.ts';
import { loginText } from '../protocol/pairing.ts';
import type { Devices, Principal } from './devices.ts';

export const tokenLifetimeMs = 600_000;
const challengeLifetimeMs = 30_000;
/** Challenges that nobody answers must not pile up. */
const maxChallenges = 1000;

export interface Access {
  /** One use, 30 s. Given for unknown ids too, so that nobody can list devices. */
  challenge(deviceId: string): string;
  /** Rejects with `unauthenticated` or `challenge_over`. `origin` is the page's, already found in the list of own origins. */
  signIn(proof: { deviceId: string; challenge: string; signature: string; origin: string }): {
    accessToken: string;
    principal: Principal;
  };
  /** Who holds this token, and until when (monotonic ms; API tokens do not end by time). */
  check(token: string): { principal: Principal; ends: number } | undefined;
}

export function createAccess(options: {
  devices: Devices;
  clock: Clock;
  random: RandomBytes;
  daemonId: string;
}): Access {
  const { devices, clock, random, daemonId } = options;
  const challenges = new Map<string, { deviceId: string; ends: number }>();
  const tokens = new Map<string, { deviceId: string; ends: number }>();
  const secret = (bytes: number) => Buffer.from(random(bytes)).toString('base64url');

  return {
    challenge(deviceId) {
      dropEnded(challenges, clock);
      const oldest = challenges.keys().next().value;
      if (challenges.size >= maxChallenges && oldest !== undefined) challenges.delete(oldest);
      const challenge = secret(24);
      challenges.set(challenge, { deviceId, ends: clock.monotonic() + challengeLifetimeMs });
      return challenge;
    },
    signIn({ deviceId, challenge, signature, origin }) {
      const given = challenges.get(challenge);
      challenges.delete(challenge);
      const inTime = given !== undefined && given.deviceId === deviceId && clock.monotonic() < given.ends;
      const principal = devices.find(deviceId);
      const signed = devices.verify(deviceId, loginText({ daemonId, origin, challenge }), signature);
      // Not the same as a stranger: an answer got lost and was sent again, or the daemon has started anew in between.
      if (!inTime) throw new AppError('challenge_over');
      if (!principal || !signed) throw new AppError('unauthenticated');
      dropEnded(tokens, clock);
      const accessToken = secret(32);
      tokens.set(hashOf(accessToken), { deviceId, ends: clock.monotonic() + tokenLifetimeMs });
      return { accessToken, principal };
    },
    check(token) {
      if (token.startsWith('plt_')) {
        const principal = devices.findToken(token);
        return principal && { principal, ends: Number.POSITIVE_INFINITY };
      }
      const held = tokens.get(hashOf(token));
      if (!held || clock.monotonic() >= held.ends) return undefined;
      const principal = devices.find(held.deviceId);
      return principal && { principal, ends: held.ends };
    },
  };
}

function dropEnded(held: Map<string, { ends: number }>, clock: Clock): void {
  for (const [key, { ends }] of held) if (clock.monotonic() >= ends) held.delete(key);
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
