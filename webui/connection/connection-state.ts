// How the connection stands, and the words for it. Pure.
import { AppError } from '../../daemon/protocol/errors.ts';
import { clockWords } from '../time-words.ts';

export type Cause =
  /** This device has no network at all. */
  | { readonly kind: 'offline' }
  /** The computer does not answer: asleep, off, or another network. */
  | { readonly kind: 'silent' }
  /** It answers, but not as hoped; in its own words. */
  | { readonly kind: 'refused'; readonly message: string };

export type ConnectionState =
  | { readonly kind: 'connecting' }
  | { readonly kind: 'live'; readonly via: 'socket' | 'stream' }
  /** `due`: when the next try is; `lastSeen`: when the computer last said something. Both ms since 1970. */
  | {
      readonly kind: 'waiting';
      readonly cause: Cause;
      readonly due: number;
      readonly lastSeen: number | undefined;
    }
  /** Out of sight: nothing is tried until the person comes back. */
  | { readonly kind: 'asleep' }
  /** The computer does not know this device any more. */
  | { readonly kind: 'ended' };

export function causeOf(error: unknown, isOnline: boolean): Cause {
  if (error instanceof AppError) return { kind: 'refused', message: error.message };
  return { kind: isOnline ? 'silent' : 'offline' };
}

/** One sentence on why, and one on what comes next. */
export function connectionWords(state: ConnectionState, now: number): { why: string; next: string } {
  switch (state.kind) {
    case 'live':
    case 'asleep':
      return { why: '', next: '' };
    case 'connecting':
      return { why: 'Connecting to the computer…', next: '' };
    case 'ended':
      return { why: 'The computer does not know this device any more.', next: 'Pair it again.' };
    case 'waiting':
      return { why: causeWords(state), next: tryWords(state.due, now) };
    default:
      return state satisfies never;
  }
}

function causeWords({ cause, lastSeen }: Extract<ConnectionState, { kind: 'waiting' }>): string {
  switch (cause.kind) {
    case 'offline':
      return 'This device has no network.';
    case 'silent':
      return lastSeen === undefined
        ? 'The computer does not answer. Asleep, or on another network?'
        : `The computer has been asleep or away since ${clockWords(lastSeen)}.`;
    case 'refused':
      return cause.message;
    default:
      return cause satisfies never;
  }
}

function tryWords(due: number, now: number): string {
  const seconds = Math.ceil((due - now) / 1000);
  return seconds <= 0 ? 'Trying again…' : `Trying again in ${seconds} s.`;
}
