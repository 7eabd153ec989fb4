// A phone without a browser: pairs and signs in as the web app does, with a key of its own.
import { webcrypto } from 'node:crypto';
import {
  auth,
  commitmentText,
  digitsOf,
  digitsText,
  loginText,
  moveText,
  PublicJwk,
  parsePairFragment,
  thumbprintText,
} from '../protocol/pairing.ts';
import type { DaemonClient } from './daemon-client.ts';

const { subtle } = webcrypto;

export interface Phone {
  readonly deviceId: string;
  /** What never leaves it, in base64url; a browser would not even tell its own page. */
  readonly privateKey: string;
  /** Signs a fresh challenge; gives the status and body of the sign-in. */
  signIn(change?: { origin?: string; challenge?: string }): Promise<{ status: number; body: string }>;
  /** Goes on with a new key, for a ticket; gives the status. */
  move(ticket: string): Promise<number>;
}

export interface Pairing {
  readonly pairingId: string;
  /** What the phone shows. */
  readonly digits: string;
  /** Waits for the person at the computer. */
  settled(): Promise<{ state: string; phone: Phone }>;
}

/** A phone that has used the code, and has not shown its nonce yet. */
export interface Offer {
  reveal(): Promise<Pairing>;
}

/** Scans `url` up to the six digits. Rejects with the refusal's code. */
export async function scan(client: DaemonClient, url: string): Promise<Pairing> {
  return (await useCode(client, url)).reveal();
}

export async function useCode(client: DaemonClient, url: string): Promise<Offer> {
  const fragment = parsePairFragment(new URL(url).hash);
  if (!fragment) throw new Error(`no pairing fragment: ${url}`);
  return offer(client, fragment.code);
}

/** With a code as it was scanned or typed. */
export async function offer(client: DaemonClient, code: string): Promise<Offer> {
  const { keys, jwk } = await newKeys();
  const label = 'Test phone';
  const { pairingId, commitment, daemonId } = await post(client, auth.pair.path, { code, jwk, label });
  return {
    async reveal() {
      const phoneNonce = Buffer.from(webcrypto.getRandomValues(new Uint8Array(16))).toString('base64url');
      const { nonce: daemonNonce } = await post(client, auth.reveal.path, { pairingId, nonce: phoneNonce });
      if ((await sha256(commitmentText(daemonNonce))).toString('base64url') !== commitment)
        throw new Error('commitment broken');
      const thumbprint = (await sha256(thumbprintText(jwk))).toString('base64url');
      const digits = digitsOf(await sha256(digitsText({ daemonId, thumbprint, daemonNonce, phoneNonce })));
      return {
        ...{ pairingId, digits },
        async settled() {
          const { state, deviceId } = await post(client, auth.wait.path, { pairingId });
          return {
            state,
            phone: {
              deviceId,
              privateKey: (await subtle.exportKey('jwk', keys.privateKey)).d ?? '',
              signIn: (change) => signIn({ client, keys, daemonId, deviceId, ...change }),
              move: (ticket) => move({ client, keys, daemonId, deviceId, ticket }),
            },
          };
        },
      };
    },
  };
}

/** A key, and its public half. */
export async function newKeys(): Promise<{ keys: webcrypto.CryptoKeyPair; jwk: PublicJwk }> {
  const keys = await subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-256' }, true, ['sign', 'verify']);
  return { keys, jwk: PublicJwk.parse(await subtle.exportKey('jwk', keys.publicKey)) };
}

async function signed(keys: webcrypto.CryptoKeyPair, text: string): Promise<string> {
  const signature = await subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, Buffer.from(text));
  return Buffer.from(signature).toString('base64url');
}

async function move(options: {
  client: DaemonClient;
  keys: webcrypto.CryptoKeyPair;
  daemonId: string;
  deviceId: string;
  ticket: string;
}): Promise<number> {
  const { client, keys, daemonId, deviceId, ticket } = options;
  const signature = await signed(keys, moveText({ daemonId, deviceId, origin: client.url, ticket }));
  const { jwk } = await newKeys();
  const headers = { 'content-type': 'application/json', origin: client.url };
  const body = JSON.stringify({ deviceId, ticket, signature, jwk });
  return (await client.fetch(auth.move.path, { method: 'POST', headers, body })).status;
}

async function signIn(options: {
  client: DaemonClient;
  keys: webcrypto.CryptoKeyPair;
  daemonId: string;
  deviceId: string;
  origin?: string;
  challenge?: string;
}): Promise<{ status: number; body: string }> {
  const { client, keys, daemonId, deviceId } = options;
  const origin = options.origin ?? client.url;
  const challenge = options.challenge ?? (await post(client, auth.challenge.path, { deviceId })).challenge;
  const signature = await signed(keys, loginText({ daemonId, origin, challenge }));
  const body = JSON.stringify({ deviceId, challenge, signature });
  const headers = { 'content-type': 'application/json', origin: client.url };
  return client.fetch(auth.token.path, { method: 'POST', headers, body });
}

/** Every field that an /auth route answers with. */
interface Answer {
  readonly pairingId: string;
  readonly commitment: string;
  readonly nonce: string;
  readonly state: string;
  readonly deviceId: string;
  readonly challenge: string;
  readonly daemonId: string;
}

async function post(client: DaemonClient, path: string, body: object): Promise<Answer> {
  const headers = { 'content-type': 'application/json' };
  const answer = JSON.parse(
    (await client.fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })).body,
  );
  if (!answer.ok) throw new Error(answer.error.code);
  return answer.result;
}

async function sha256(text: string): Promise<Buffer> {
  return Buffer.from(await subtle.digest('SHA-256', Buffer.from(text)));
}
