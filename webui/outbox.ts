// Messages on their way to the computer: on disk here first, sent one after the other within their conversation, deleted when
// the computer says it has them, sent again after every reconnect. Never gives up by itself; no conversation waits for another.
import { type ReadonlySignal, signal } from '@preact/signals';
import { AppError, type ErrorCode } from '../daemon/protocol/errors.ts';
import { newClientId } from './client-id.ts';
import { asDiskMay, type Database } from './database.ts';
import { Unreachable } from './http.ts';
import {
  acknowledged,
  type Entries,
  nextToSend,
  refused,
  type StoredMessage,
  waitingAgain,
  waitingConversations,
  without,
  withWaiting,
} from './outbox-entries.ts';

export interface Outbox {
  readonly entries: ReadonlySignal<Entries>;
  /** Resolves when the message is on this device's disk, if that takes anything. It waits until its files have arrived, and so does what its conversation has behind it. */
  add(conversationId: string, text: string, fileIds?: readonly string[]): Promise<void>;
  /** The same, for a message that is to reach the running turn. */
  addSteering(conversationId: string, text: string, fileIds?: readonly string[]): Promise<void>;
  /** Sends what waits, as long as it goes. Called at every new connection. */
  deliver(): Promise<void>;
  /** A refused message: once more, or no more. */
  retry(clientId: string): Promise<void>;
  remove(clientId: string): Promise<void>;
  /**
   * The computer's log of it is gone, or another: it will not show what was acknowledged before. What never arrived there stays,
   * for nobody else has it.
   */
  startOver(conversationId: string): void;
}

/** Rejects with `Unreachable` as long as its files are on their way. */
export type SendMessage = (message: StoredMessage) => Promise<{ eventId: number }>;

/** Refusals that say something about the moment, not about the message: it keeps waiting. */
const passing: readonly ErrorCode[] = [
  'unauthenticated',
  'challenge_over',
  'rate_limited',
  'internal',
  'stopping',
  'disk_full',
  'disk_failed',
  'claude_unavailable',
];

export async function openOutbox(
  disk: Pick<Database, 'all' | 'put' | 'deleteMessage'>,
  send: SendMessage,
): Promise<Outbox> {
  const entries = signal<Entries>(withWaiting([], await disk.all('outbox')));
  /** By conversation: what is being delivered, and whether to look once more when that is done. */
  const lanes = new Map<string, { isWanted: boolean; done: Promise<void> }>();

  async function deliverLane(conversationId: string): Promise<void> {
    const next = () => nextToSend(entries.value, conversationId);
    for (let message = next(); message; message = next()) {
      if (!(await deliverOne(message))) return;
    }
  }

  /** False: stop here for now. */
  async function deliverOne(message: StoredMessage): Promise<boolean> {
    const { clientId } = message;
    try {
      const { eventId } = await send(message);
      entries.value = acknowledged(entries.value, clientId, eventId);
      await asDiskMay(disk.deleteMessage(clientId, message.fileIds ?? []));
      return true;
    } catch (error) {
      if (error instanceof Unreachable) return false;
      if (!(error instanceof AppError)) throw error;
      if (passing.includes(error.code)) return false;
      entries.value = refused(entries.value, clientId, error.message);
      return true;
    }
  }

  /** A call during a delivery asks for another round: what that one waits for may be lost with the connection before. */
  async function deliver(): Promise<void> {
    await Promise.all(waitingConversations(entries.value).map(deliverIn));
  }

  function deliverIn(conversationId: string): Promise<void> {
    const under = lanes.get(conversationId);
    if (under) {
      under.isWanted = true;
      return under.done;
    }
    const lane = { isWanted: true, done: Promise.resolve() };
    const rounds = async () => {
      try {
        while (lane.isWanted) {
          lane.isWanted = false;
          await deliverLane(conversationId);
        }
      } finally {
        // In the tick in which nothing was wanted, so that a call that comes next is not lost.
        lanes.delete(conversationId);
      }
    };
    lanes.set(conversationId, lane);
    lane.done = rounds();
    return lane.done;
  }

  async function keepAndDeliver(message: StoredMessage): Promise<void> {
    await asDiskMay(disk.put('outbox', message.clientId, message));
    entries.value = withWaiting(entries.value, [message]);
    void deliver();
  }

  const made = (conversationId: string, text: string, fileIds: readonly string[] = []): StoredMessage => ({
    ...{ clientId: newClientId(), conversationId, text, at: Date.now() },
    ...(fileIds.length > 0 ? { fileIds } : {}),
  });

  return {
    entries,
    deliver,
    add: (...message) => keepAndDeliver(made(...message)),
    addSteering: (...message) => keepAndDeliver({ ...made(...message), steer: true }),
    async retry(clientId) {
      entries.value = waitingAgain(entries.value, clientId);
      await deliver();
    },
    async remove(clientId) {
      const { fileIds = [] } = entries.value.find((entry) => entry.clientId === clientId) ?? {};
      entries.value = without(entries.value, clientId);
      await asDiskMay(disk.deleteMessage(clientId, fileIds));
    },
    startOver(conversationId) {
      entries.value = entries.value.filter(
        (entry) => entry.conversationId !== conversationId || entry.state !== 'acknowledged',
      );
    },
  };
}
