// Pairing from the phone's side, step by step: show the code and the key, trade nonces, compute the digits, wait for the
// person at the computer. Knows no view.
import {
  auth,
  commitmentText,
  digitsOf,
  digitsText,
  thumbprintText,
} from '../../../daemon/protocol/pairing.ts';
import { post, Unreachable } from '../../http.ts';
import { base64url, type Identity, makeKey } from '../../identity.ts';

const maxTries = 30;
const betweenTriesMs = 1000;

type AuthResult = ReturnType<typeof auth.wait.result.parse>;

export interface PairingOffer {
  /** Six digits that the computer must show as well. */
  readonly digits: string;
  /** Resolves when the person at the computer decided, or nobody did in time. */
  settled(): Promise<PairingEnd>;
}

export type PairingEnd =
  | { readonly state: 'allowed'; readonly identity: Identity }
  | { readonly state: 'denied' }
  | { readonly state: 'expired' };

/** The computer that answered is not the one that the code came from. */
export class WrongComputer extends Error {
  constructor() {
    super('What answered does not keep to what it promised. Do not go on; scan a new code.');
    this.name = 'WrongComputer';
  }
}

/** `daemonId`: of the computer whose code was scanned; a typed one does not say. */
export async function offerPairing(options: {
  code: string;
  daemonId: string | undefined;
  label: string;
}): Promise<PairingOffer> {
  const { code, label } = options;
  const { jwk, privateKey } = await makeKey();
  const { pairingId, commitment, daemonId } = await post(auth.pair, { code, jwk, label });
  if (options.daemonId !== undefined && options.daemonId !== daemonId) throw new WrongComputer();
  const phoneNonce = base64url(crypto.getRandomValues(new Uint8Array(16)));
  const { nonce: daemonNonce } = await post(auth.reveal, { pairingId, nonce: phoneNonce });
  if (base64url(await sha256(commitmentText(daemonNonce))) !== commitment) throw new WrongComputer();
  const thumbprint = base64url(await sha256(thumbprintText(jwk)));
  const digits = digitsOf(await sha256(digitsText({ daemonId, thumbprint, daemonNonce, phoneNonce })));
  return {
    digits,
    async settled() {
      for (;;) {
        const { state, deviceId } = await outcome(pairingId);
        if (state === 'pending') continue;
        if (state !== 'allowed') return { state };
        return { state, identity: { deviceId, daemonId, kind: 'phone', privateKey } };
      }
    },
  };
}

/** A phone that goes out of sight for a moment loses its request, not the pairing. */
async function outcome(pairingId: string, tries = 1): Promise<AuthResult> {
  try {
    return await post(auth.wait, { pairingId });
  } catch (error) {
    if (!(error instanceof Unreachable) || tries >= maxTries) throw error;
  }
  await new Promise((resolve) => setTimeout(resolve, betweenTriesMs));
  return outcome(pairingId, tries + 1);
}

async function sha256(text: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
}
