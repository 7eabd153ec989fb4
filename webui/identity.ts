// This device's key: made here, kept in IndexedDB, never readable by any script, this one included. Signs in with it.
// Without the key the device is a stranger and has to be paired again.
import { auth, loginText, type PublicJwk, PublicJwk as PublicJwkShape } from '../daemon/protocol/pairing.ts';
import { post } from './http.ts';

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
  const text = new TextEncoder().encode(loginText({ daemonId, origin: location.origin, challenge }));
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, privateKey, text);
  return post(auth.token, { deviceId, challenge, signature: base64url(new Uint8Array(signature)) }, inTime);
}

export function base64url(bytes: Uint8Array): string {
  const binary = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
