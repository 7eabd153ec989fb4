// What a way to the daemon must do, whichever it is: WebSocket, or event streams with POST. Types only.
// A transport lives once: it opens, carries, closes. Trying again, choosing and waiting are the connection's.
import type { Reply } from '../../daemon/protocol/commands.ts';
import type { Cursor, StreamRecord } from '../../daemon/protocol/frames.ts';

/** Why a transport ended: `silent` (nobody answers), `unauthenticated` (token), `revoked` (device removed). */
export type Ending = 'silent' | 'unauthenticated' | 'revoked';

export interface TransportEvents {
  /** Commands and subscriptions are taken from now on. Once. */
  onReady(facts: { readonly buildId: string | undefined }): void;
  /** `epoch` is the store's as far as it is known. */
  onRecord(record: StreamRecord, epoch: string | undefined): void;
  /** The log cannot be read; the subscription is over. */
  onGone(log: string, message: string): void;
  /** Anything at all came from the other side. */
  onHeard(): void;
  /**
   * The other side has answered what `probe` asked. Other words do not count: after a sleep the browser may still hand out
   * what came before it.
   */
  onAnswer(): void;
  /** Once, and not after `close()`. */
  onEnd(ending: Ending): void;
}

export interface Transport {
  readonly kind: 'socket' | 'stream';
  /** A second subscription to a log takes the place of the first. */
  subscribe(log: string, cursor: Cursor): void;
  unsubscribe(log: string): void;
  /** Rejects with `Unreachable` when the transport ends before the reply. */
  command(command: { readonly type: string }): Promise<Reply>;
  /** Asks the other side for a sign of life, to be told by `onAnswer`. */
  probe(cursorOf: (log: string) => Cursor | undefined): void;
  /** Hands over a new access token before the old one ends; what was opened with that goes on at its cursor. */
  renew(token: string, cursorOf: (log: string) => Cursor | undefined): void;
  close(): void;
}

export type OpenTransport = (token: string, events: TransportEvents) => Transport;
