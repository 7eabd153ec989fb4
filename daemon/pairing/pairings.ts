// Pairing a phone: it shows a code, both sides show the same six digits, a person at the computer presses Allow.
// Until then there is no credential. What is pending lives in memory and dies with the daemon; the lobby log tells about it.
import { createHash } from 'node:crypto';
import type { Clock, Dispose, RandomBytes } from '../ports.ts';
import { AppError } from '../protocol/errors.ts';
import type { LobbyDraft, Scope } from '../protocol/lobby.ts';
import { commitmentText, digitsOf, digitsText, type PublicJwk, thumbprintText } from '../protocol/pairing.ts';
import type { Codes } from './codes.ts';
import type { Devices } from './devices.ts';

const pendingMs = 60_000;
const longPollMs = 25_000;

type State = 'pending' | 'allowed' | 'denied' | 'expired';

interface Pending {
  readonly pairingId: string;
  readonly jwk: PublicJwk;
  readonly label: string;
  readonly address: string;
  readonly scopes: readonly Scope[];
  readonly nonce: string;
  digits: string | undefined;
  state: State;
  deviceId: string;
  readonly stopTimer: Dispose;
  readonly waiting: Set<() => void>;
}

export type PairingAnswer =
  | { readonly behavior: 'deny' }
  | {
      readonly behavior: 'allow';
      /** Default: those of the code. */
      readonly scopes?: readonly Scope[] | undefined;
      /** A phone that has lost its key: the new key takes its place, and its scopes stay. */
      readonly replaces?: string | undefined;
    };

export interface Pairings {
  /** Takes the code and commits to a nonce. Rejects with `pairing_over` or `code_wrong`. */
  begin(phone: { code: string; jwk: PublicJwk; label: string; address: string }): {
    pairingId: string;
    commitment: string;
    daemonId: string;
  };
  /** The phone's nonce for ours; from here on the computer shows the digits. Once only. */
  reveal(pairingId: string, phoneNonce: string): Promise<{ nonce: string }>;
  /** Rejects with `already_answered` when it is settled or unknown, with `not_found` when there is no such phone to replace. */
  answer(pairingId: string, answer: PairingAnswer): Promise<void>;
  /** Resolves when the pairing is settled, or after 25 s with `pending`. */
  wait(pairingId: string, signal: AbortSignal): Promise<{ state: State; deviceId: string }>;
}

export function createPairings(options: {
  codes: Codes;
  devices: Devices;
  clock: Clock;
  random: RandomBytes;
  daemonId: string;
  tell: (draft: LobbyDraft) => Promise<void>;
}): Pairings {
  const { codes, devices, clock, random, daemonId, tell } = options;
  const pairings = new Map<string, Pending>();
  const secret = () => Buffer.from(random(16)).toString('base64url');

  async function settle(pending: Pending, state: Exclude<State, 'pending'>, deviceId: string): Promise<void> {
    pending.stopTimer();
    pending.state = state;
    pending.deviceId = deviceId;
    const { pairingId, label, digits } = pending;
    if (digits !== undefined) await tell({ type: 'pairing.settled', pairingId, outcome: state, label });
    for (const wake of pending.waiting) wake();
    // The phone may still ask how it ended.
    clock.after(pendingMs, () => pairings.delete(pairingId));
  }

  async function admit(
    pending: Pending,
    { scopes = pending.scopes, replaces }: Extract<PairingAnswer, { behavior: 'allow' }>,
  ): Promise<string> {
    const { pairingId, label, jwk, address } = pending;
    if (replaces !== undefined) {
      await devices.changeKey(replaces, { jwk, address, pairingId });
      return replaces;
    }
    return (await devices.add({ label, kind: 'phone', jwk, scopes, address, pairingId })).deviceId;
  }

  return {
    begin({ code, jwk, label, address }) {
      const taken = codes.take(code);
      const pairingId = secret();
      const nonce = secret();
      const pending: Pending = {
        ...{ pairingId, jwk, label, address, nonce, scopes: taken.scopes },
        ...{ digits: undefined, state: 'pending', deviceId: '', waiting: new Set() },
        stopTimer: clock.after(pendingMs, () => void settle(pending, 'expired', '')),
      };
      pairings.set(pairingId, pending);
      return { pairingId, commitment: sha256(commitmentText(nonce)).toString('base64url'), daemonId };
    },
    async reveal(pairingId, phoneNonce) {
      const pending = pairings.get(pairingId);
      if (pending?.state !== 'pending' || pending.digits !== undefined) throw new AppError('pairing_over');
      const thumbprint = sha256(thumbprintText(pending.jwk)).toString('base64url');
      const { nonce, label, address, scopes } = pending;
      const digits = digitsOf(sha256(digitsText({ daemonId, thumbprint, daemonNonce: nonce, phoneNonce })));
      pending.digits = digits;
      const expiresAt = clock.now() + pendingMs;
      await tell({
        ...{ type: 'pairing.requested', pairingId, label, address, digits, expiresAt },
        scopes: [...scopes],
      });
      return { nonce };
    },
    async answer(pairingId, answer) {
      const pending = pairings.get(pairingId);
      if (pending?.state !== 'pending' || pending.digits === undefined)
        throw new AppError('already_answered');
      if (answer.behavior === 'deny') return settle(pending, 'denied', '');
      if (answer.replaces !== undefined && !devices.mayReplace(answer.replaces)) {
        throw new AppError('not_found', 'There is no such phone any more.');
      }
      // From here on it runs out no more: a phone that was told so must not be let in after all.
      pending.stopTimer();
      pending.state = 'allowed';
      const deviceId = await admit(pending, answer).catch(async (error: unknown) => {
        await settle(pending, 'expired', '');
        throw error;
      });
      return settle(pending, 'allowed', deviceId);
    },
    async wait(pairingId, signal) {
      const pending = pairings.get(pairingId);
      if (!pending) {
        // The daemon may have started anew between Allow and this question.
        const deviceId = devices.pairedBy(pairingId);
        return deviceId === undefined ? { state: 'expired', deviceId: '' } : { state: 'allowed', deviceId };
      }
      if (pending.state === 'pending' || pending.deviceId === '') await settled(pending, clock, signal);
      const isReady = pending.state !== 'allowed' || pending.deviceId !== '';
      return { state: isReady ? pending.state : 'pending', deviceId: pending.deviceId };
    },
  };
}

async function settled(pending: Pending, clock: Clock, signal: AbortSignal): Promise<void> {
  if (pending.state === 'denied' || pending.state === 'expired') return;
  await new Promise<void>((resolve) => {
    const wake = () => {
      pending.waiting.delete(wake);
      signal.removeEventListener('abort', wake);
      cancel();
      resolve();
    };
    const cancel = clock.after(longPollMs, wake);
    pending.waiting.add(wake);
    signal.addEventListener('abort', wake);
  });
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
