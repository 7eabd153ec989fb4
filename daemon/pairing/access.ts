// Signing in: a challenge, signed by the device's key, buys an access token for ten minutes. Tokens live in memory only, here
// as hashes; API tokens (plt_…) are looked up in the device list each time.
import type { Clock, RandomBytes } from '../ports.ts';
import { AppError } from '../protocol/errors.ts';
import { loginText, moveText, type PublicJwk } from '../protocol/pairing.ts';
import { hashOf } from './device-records.ts';
import type { Devices, Principal } from './devices.ts';

export const tokenLifetimeMs = 600_000;
const challengeLifetimeMs = 30_000;
/** Challenges that nobody answers must not pile up. */
const maxChallenges = 1000;

export interface Access {
  /** One use, 30 s. Given for unknown ids too, so that nobody can list devices. */
  challenge(deviceId: string): string;
  /** Rejects with `unauthenticated` or `challenge_over`. `origin` is the page's, already found in the list of own origins. */
  signIn(proof: {
    deviceId: string;
    challenge: string;
    signature: string;
    origin: string;
    address: string;
  }): {
    accessToken: string;
    principal: Principal;
  };
  /**
   * The device goes on with a new key at `origin`: once, for its ticket and the old key's word. Rejects with
   * `unauthenticated` or `pairing_over`.
   */
  move(request: {
    deviceId: string;
    ticket: string;
    signature: string;
    jwk: PublicJwk;
    origin: string;
    address: string;
  }): Promise<'phone' | 'computer'>;
  /**
   * Who holds this token, and until when (monotonic ms; API tokens do not end by time). `address`: where an API token was
   * used from.
   */
  check(token: string, address?: string): { principal: Principal; ends: number } | undefined;
}

export function createAccess(options: {
  devices: Devices;
  clock: Clock;
  random: RandomBytes;
  daemonId: string;
}): Access {
  const { devices, clock, random, daemonId } = options;
  const challenges = new Map<string, { deviceId: string; ends: number }>();
  const tokens = new Map<string, { deviceId: string; ends: number; revoked: AbortSignal }>();
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
    signIn({ deviceId, challenge, signature, origin, address }) {
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
      const { revoked } = principal;
      tokens.set(hashOf(accessToken), { deviceId, revoked, ends: clock.monotonic() + tokenLifetimeMs });
      devices.used(deviceId, address);
      return { accessToken, principal };
    },
    async move({ deviceId, ticket, signature, jwk, origin, address }) {
      const text = moveText({ daemonId, deviceId, origin, ticket });
      if (!devices.verify(deviceId, text, signature)) throw new AppError('unauthenticated');
      if (!(await devices.move(deviceId, ticket, { jwk, address })))
        throw new AppError('pairing_over', 'This way to the new address is used up. Pair this device again.');
      return devices.find(deviceId)?.kind === 'computer' ? 'computer' : 'phone';
    },
    check(token, address) {
      if (token.startsWith('plt_')) {
        const principal = devices.findToken(token);
        if (principal && address !== undefined) devices.used(principal.deviceId, address);
        return principal && { principal, ends: Number.POSITIVE_INFINITY };
      }
      const held = tokens.get(hashOf(token));
      // A device whose key was replaced is still there, but what the old key bought is not.
      if (!held || held.revoked.aborted || clock.monotonic() >= held.ends) return undefined;
      const principal = devices.find(held.deviceId);
      return principal && { principal, ends: held.ends };
    },
  };
}

function dropEnded(held: Map<string, { ends: number }>, clock: Clock): void {
  for (const [key, { ends }] of held) if (clock.monotonic() >= ends) held.delete(key);
}
