// This device's key: made here, kept in IndexedDB, never readable by any script, this one included. Signs in with it.
// Without the key the device is a stranger and has to be paired again.
import {
  auth,
  loginText,
  type Move,
  moveFragment,
  moveText,
  type PublicJwk,
  PublicJwk as PublicJwkShape,
} from '../daemon/protocol/pairing.ts';
import { post, Unreachable } from './http.ts';

export interface Identity {
  readonly deviceId: string;
  readonly daemonId: string;
  readonly kind: 'phone' | 'computer';
  readonly privateKey: CryptoKey;
}

export interface NewKey {
  readonly privateKey: CryptoKey;
  readonly jwk: PublicJwk;
}

const signInMs = 10_000;
const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };

export async function makeKey(): Promise<NewKey> {
  const pair = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify']);
  const { kty, crv, x, y } = await crypto.subtle.exportKey('jwk', pair.publicKey);
  return { privateKey: pair.privateKey, jwk: PublicJwkShape.parse({ kty, crv, x, y }) };
}

/** The computer's own browser: a ticket from the daemon takes the place of the question. */
export async function enrol(ticket: string, daemonId: string): Promise<Identity> {
  const { privateKey, jwk } = await makeKey();
  const { deviceId } = await post(auth.enrol, { ticket, jwk, label: 'This computer’s browser' });
  return { deviceId, daemonId, kind: 'computer', privateKey };
}

/** Rejects with `AppError` when the computer does not know this device, with `Unreachable` when it cannot be asked. */
export async function signIn(identity: Identity, stop: AbortSignal = AbortSignal.timeout(signInMs)) {
  const { deviceId, daemonId, privateKey } = identity;
  const inTime = { signal: stop };
  const { challenge } = await post(auth.challenge, { deviceId }, inTime);
  const signature = await signed(privateKey, loginText({ daemonId, origin: location.origin, challenge }));
  return post(auth.token, { deviceId, challenge, signature }, inTime);
}

/** The link under which this device goes on at `origin`, another address of the same computer. Good once. */
export async function linkTo(origin: string, identity: Identity, ticket: string): Promise<string> {
  const { deviceId, daemonId, privateKey } = identity;
  const signature = await signed(privateKey, moveText({ daemonId, deviceId, origin, ticket }));
  return `${origin}/move#${moveFragment({ deviceId, daemonId, ticket, signature })}`;
}

/** Goes on here as the device that it was at the other address, with a key of its own; the key there is over. */
export async function arrive({ deviceId, daemonId, ticket, signature }: Move): Promise<Identity> {
  const { privateKey, jwk } = await makeKey();
  const identity = { deviceId, daemonId, kind: 'phone', privateKey } as const;
  try {
    const { kind } = await post(auth.move, { deviceId, ticket, signature, jwk });
    return { ...identity, kind };
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    // Perhaps only the answer got lost: then the new key is the device's already, and the ticket is used up.
    await signIn(identity);
    return identity;
  }
}

async function signed(privateKey: CryptoKey, text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, bytes);
  return base64url(new Uint8Array(signature));
}

export function base64url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
