// The one-time code that lets a phone ask to come in: 128 random bits in the QR, or 40 to be typed; at most one alive, dead
// after its first use or 120 s. Held in memory only. Whoever asks while it is fresh gets the same one, so that terminal and
// pair page do not kill each other's.
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Clock, RandomBytes } from '../ports.ts';
import { AppError } from '../protocol/errors.ts';
import type { Scope } from '../protocol/lobby.ts';
import { typedAlphabet, typedLength, typedMeant, typedShown } from '../protocol/typed-code.ts';

export const codeLifetimeMs = 120_000;
/** Wrong tries, by whomever, that a code for typing lives through less one. */
export const maxGuesses = 5;
/** After them the next code for typing comes no sooner. */
export const guessPauseMs = 30_000;

export interface MadeCode {
  readonly code: string;
  /** `ABCD-EFGH`; empty until `typedAt` when guesses have killed the last one. */
  readonly typed: string;
  readonly typedAt: number;
  readonly expiresAt: number;
}

export interface TakenCode {
  readonly scopes: readonly Scope[];
}

export interface Codes {
  /**
   * The live code if at least half of its life is left, otherwise a new one; the one before dies. `scopes` is what the
   * phone that uses it will be allowed; `askedBy` the device that is told of it.
   */
  make(scopes: readonly Scope[], askedBy: string): MadeCode;
  /** The live code dies if this device has been told of it. */
  forget(askedBy: string): void;
  /**
   * Takes the code, scanned or typed; the other form of it dies with it. Throws `pairing_over`, and for a wrong typed one
   * `code_wrong`. Removing comes before checking, so that two who come at once cannot both win.
   */
  take(code: string): TakenCode;
}

interface Live extends TakenCode {
  readonly code: string;
  readonly hash: Buffer;
  readonly expiresAt: number;
  readonly ends: number;
  /** Undefined when there is none, or when guesses have killed it. */
  typed: { readonly code: string; readonly hash: Buffer } | undefined;
  guesses: number;
  readonly askers: Set<string>;
}

export function createCodes(options: {
  clock: Clock;
  random: RandomBytes;
  /** Guesses have killed the code for typing. */
  killed: () => void;
}): Codes {
  const { clock, random } = options;
  let live: Live | undefined;
  let nextTyped = 0;

  const typedCode = () => {
    if (clock.monotonic() < nextTyped) return undefined;
    const code = Array.from(random(typedLength), (byte) => typedAlphabet[byte % 32]).join('');
    return { code, hash: sha256(code) };
  };

  function make(scopes: readonly Scope[]): Live {
    const code = Buffer.from(random(16)).toString('base64url');
    return {
      ...{ code, hash: sha256(code), scopes, typed: typedCode(), guesses: 0, askers: new Set() },
      expiresAt: clock.now() + codeLifetimeMs,
      ends: clock.monotonic() + codeLifetimeMs,
    };
  }

  function takeScanned(code: string): TakenCode {
    const candidate = live;
    if (!candidate || !timingSafeEqual(candidate.hash, sha256(code))) throw new AppError('pairing_over');
    return use(candidate);
  }

  function takeTyped(code: string): TakenCode {
    const candidate = live;
    if (!candidate?.typed || clock.monotonic() >= candidate.ends) throw new AppError('pairing_over');
    if (timingSafeEqual(candidate.typed.hash, sha256(code))) return use(candidate);
    candidate.guesses += 1;
    const left = maxGuesses - candidate.guesses;
    if (left > 0) {
      const tries = left === 1 ? 'One try is left.' : `${left} tries are left.`;
      throw new AppError('code_wrong', `This is not the code that the computer shows. ${tries}`);
    }
    candidate.typed = undefined;
    nextTyped = clock.monotonic() + guessPauseMs;
    options.killed();
    throw new AppError(
      'pairing_over',
      'That was the last of five wrong tries: this code is dead. The computer shows a new one in half a minute.',
    );
  }

  function use(taken: Live): TakenCode {
    live = undefined;
    if (clock.monotonic() >= taken.ends) throw new AppError('pairing_over');
    return { scopes: taken.scopes };
  }

  return {
    forget(askedBy) {
      if (live?.askers.has(askedBy)) live = undefined;
    },
    make(scopes, askedBy) {
      const isFresh = live && live.ends - clock.monotonic() >= codeLifetimeMs / 2;
      if (!live || !isFresh || live.scopes.join() !== scopes.join()) live = make(scopes);
      live.askers.add(askedBy);
      // One that guesses have killed is followed by another once the pause is over.
      if (!live.typed) {
        live.typed = typedCode();
        live.guesses = 0;
      }
      const { code, typed, expiresAt } = live;
      const typedAt = clock.now() + Math.max(0, nextTyped - clock.monotonic());
      return { code, typed: typed ? typedShown(typed.code) : '', typedAt, expiresAt };
    },
    take(code) {
      const typed = typedMeant(code);
      return typed === undefined ? takeScanned(code) : takeTyped(typed);
    },
  };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
