// A tunnel from the internet to this computer, as those who open and close it see it. Types only; system/tunnel.ts has the work.
import type { Via } from '../protocol/remote.ts';

export interface Tunnel {
  /** The public origin, e.g. `https://two-words.trycloudflare.com`. */
  readonly url: string;
  /** Resolves, with a sentence, when the program has ended, for whatever cause. */
  readonly ended: Promise<string>;
  /** Resolves when the program is gone. Safe to call twice. */
  close(): Promise<void>;
}

/**
 * Starts the program and waits for its public address. `origin` is where it is to send visitors. Rejects with AppError
 * `tunnel_failed`, whose message says what is missing or what the program complained of, also when `signal` fires before the
 * address is known; then nothing runs.
 */
export type OpenTunnel = (options: {
  readonly via: Via;
  readonly origin: string;
  readonly signal: AbortSignal;
}) => Promise<Tunnel>;
