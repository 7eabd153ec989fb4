// The texts that both sides of a pairing must compute alike, and the shapes of the /auth routes.
// No cryptography here: hashing and signing are done by node:crypto on one side and WebCrypto on the other.
import * as z from 'zod/mini';
import { Scope } from './lobby.ts';

const base64url = (length: number) => z.string().check(z.regex(/^[A-Za-z0-9_-]+$/), z.maxLength(length));

/** The public half of the phone's P-256 key, as WebCrypto exports it. */
export const PublicJwk = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: base64url(43),
  y: base64url(43),
});
export type PublicJwk = z.infer<typeof PublicJwk>;

export const maxLabel = 80;
const label = z.string().check(z.minLength(1), z.maxLength(maxLabel));

export const auth = {
  /**
   * Takes the code, scanned or typed (it is dead afterwards), and opens a pending pairing. The daemon commits to its nonce
   * here. `code_wrong` says how many tries are left for a typed one.
   */
  pair: {
    path: '/auth/pair',
    input: z.object({
      code: base64url(64),
      jwk: PublicJwk,
      label,
    }),
    result: z.object({ pairingId: z.string(), commitment: z.string(), daemonId: z.string() }),
  },
  /** The phone shows its nonce, then the daemon shows its own: neither could choose it knowing the other's. */
  reveal: {
    path: '/auth/pair/reveal',
    input: z.object({ pairingId: base64url(64), nonce: base64url(64) }),
    result: z.object({ nonce: z.string() }),
  },
  /** Waits up to 25 s for the person at the computer, then says where things stand. */
  wait: {
    path: '/auth/pair/wait',
    input: z.object({ pairingId: base64url(64) }),
    result: z.object({
      state: z.enum(['pending', 'allowed', 'denied', 'expired']),
      deviceId: z.string(),
    }),
  },
  challenge: {
    path: '/auth/challenge',
    input: z.object({ deviceId: base64url(64) }),
    result: z.object({ challenge: z.string() }),
  },
  /** A 256-bit access token, to be kept in memory only, for a signature over `loginText`. */
  token: {
    path: '/auth/token',
    input: z.object({
      deviceId: base64url(64),
      challenge: base64url(64),
      signature: base64url(128),
    }),
    result: z.object({
      accessToken: z.string(),
      expiresInMs: z.number(),
      scopes: z.array(Scope),
      /** Origins under which this computer is reached now, best first. */
      addresses: z.array(z.string()),
    }),
  },
  /** Goes on as the same device at another address: a ticket and the old key's word for it, once, for a new key. */
  move: {
    path: '/auth/move',
    input: z.object({
      deviceId: base64url(64),
      ticket: base64url(64),
      signature: base64url(128),
      jwk: PublicJwk,
    }),
    result: z.object({ deviceId: z.string(), kind: z.enum(['phone', 'computer']) }),
  },
  /** The desktop's browser: a 30 s ticket from the private socket enrols its key without a question. */
  enrol: {
    path: '/auth/enrol',
    input: z.object({
      ticket: base64url(64),
      jwk: PublicJwk,
      label,
    }),
    result: z.object({ deviceId: z.string() }),
  },
} as const;

/** RFC 7638: hash this text with SHA-256 for the key's thumbprint. */
export function thumbprintText(jwk: PublicJwk): string {
  return JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x, y: jwk.y });
}

/** Hash with SHA-256 for the daemon's commitment to its nonce. */
export function commitmentText(daemonNonce: string): string {
  return `plt-commit-1|${daemonNonce}`;
}

export function digitsText(parts: {
  daemonId: string;
  thumbprint: string;
  daemonNonce: string;
  phoneNonce: string;
}): string {
  return `plt-sas-1|${parts.daemonId}|${parts.thumbprint}|${parts.daemonNonce}|${parts.phoneNonce}`;
}

/** The six digits that both sides show: the first 6 bytes of the hash of `digitsText`, modulo a million. */
export function digitsOf(hash: Uint8Array): string {
  let value = 0;
  for (const byte of hash.subarray(0, 6)) value = value * 256 + byte;
  return String(value % 1_000_000).padStart(6, '0');
}

export function loginText(parts: { daemonId: string; origin: string; challenge: string }): string {
  return `plt-login-1|${parts.daemonId}|${parts.origin}|${parts.challenge}`;
}

/** What the QR code's fragment says; nothing else is taken from a URL. */
export function pairFragment(code: string, daemonId: string): string {
  return `v=1&c=${code}&d=${daemonId}`;
}

export function parsePairFragment(fragment: string): { code: string; daemonId: string } | undefined {
  const match = /^#?v=1&c=([A-Za-z0-9_-]{16,64})&d=([A-Z2-7]{20})$/.exec(fragment);
  return match?.[1] && match[2] ? { code: match[1], daemonId: match[2] } : undefined;
}

export interface Move {
  readonly deviceId: string;
  readonly daemonId: string;
  readonly ticket: string;
  readonly signature: string;
}

/** What the old key signs: `origin` is the one that the device goes on at. */
export function moveText(parts: {
  daemonId: string;
  deviceId: string;
  origin: string;
  ticket: string;
}): string {
  return `plt-move-1|${parts.daemonId}|${parts.deviceId}|${parts.origin}|${parts.ticket}`;
}

/** What a link to another address of the computer says in its fragment; the address itself is the only other thing in it. */
export function moveFragment(move: Move): string {
  return `v=1&i=${move.deviceId}&d=${move.daemonId}&t=${move.ticket}&s=${move.signature}`;
}

export function parseMoveFragment(fragment: string): Move | undefined {
  const match = /^#?v=1&i=([0-9a-f-]{36})&d=([A-Z2-7]{20})&t=([A-Za-z0-9_-]{43})&s=([A-Za-z0-9_-]{86})$/.exec(
    fragment,
  );
  const [, deviceId, daemonId, ticket, signature] = match ?? [];
  return deviceId && daemonId && ticket && signature ? { deviceId, daemonId, ticket, signature } : undefined;
}
