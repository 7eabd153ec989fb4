// The access token: in memory only, ten minutes long, bought anew with a signature before it ends.
// Whoever needs it asks here each time.
import type { Scope } from '../daemon/protocol/lobby.ts';
import { type Identity, signIn } from './identity.ts';

/** A token this close to its end is not worth starting anything with. */
const marginMs = 60_000;

export interface Access {
  /** Rejects as `signIn` does. Callers at the same time share one sign-in. */
  token(): Promise<string>;
  /** The computer no longer takes the token: the next call signs in. */
  drop(): void;
  /** A sign-in under way has taken too long: whoever waits for it gets `Unreachable`, and the next call begins anew. */
  giveUp(): void;
  /** How long until `token()` would sign in again, ms. */
  readonly renewalInMs: number;
  readonly scopes: readonly Scope[];
  /** Origins under which the computer said it is reached, when this device last signed in; best first. */
  readonly addresses: readonly string[];
}

interface Held {
  readonly token: string;
  readonly ends: number;
  readonly scopes: readonly Scope[];
}

export function createAccess(identity: Identity): Access {
  let held: Held | undefined;
  let addresses: readonly string[] = [];
  let signingIn: Promise<string> | undefined;
  let patience = new AbortController();

  async function renew(): Promise<string> {
    const started = Date.now();
    patience = new AbortController();
    const given = await signIn(identity, patience.signal);
    held = { token: given.accessToken, ends: started + given.expiresInMs, scopes: given.scopes };
    ({ addresses } = given);
    return given.accessToken;
  }
  const left = () => (held ? held.ends - marginMs - Date.now() : 0);

  return {
    token() {
      if (held && left() > 0) return Promise.resolve(held.token);
      if (signingIn) return signingIn;
      const mine = renew().finally(() => {
        if (signingIn === mine) signingIn = undefined;
      });
      signingIn = mine;
      return mine;
    },
    drop() {
      held = undefined;
    },
    giveUp() {
      patience.abort();
      signingIn = undefined;
    },
    get renewalInMs() {
      return Math.max(0, left());
    },
    get scopes() {
      return held?.scopes ?? [];
    },
    get addresses() {
      return addresses;
    },
  };
}
