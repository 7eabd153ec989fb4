// Messages on their way to the computer: on disk here first, sent one after the other, deleted when the computer says it
// has them, sent again after every reconnect. Never gives up by itself, never sends in another order.
import { type ReadonlySignal, signal } from '@preact/signals';
import { AppError, type ErrorCode } from '../daemon/protocol/errors.ts';
import { newClientId } from './client-id.ts';
import type { Database } from './database.ts';
import { Unreachable } from './http.ts';
import {
  acknowledged,
  type Entries,
  nextToSend,
  refused,
  type StoredMessage,
  waitingAgain,
  without,
  withWaiting,
} from './outbox-entries.ts';

export interface Outbox {
  readonly entries: ReadonlySignal<Entries>;
  /** Resolves when the message is on this device's disk, if that takes anything. It waits until its files have arrived, and so does all behind it. */
  add(conversationId: string, text: string, fileIds?: readonly string[]): Promise<void>;
  /** The same, for a message that is to reach the running turn. */
  addSteering(conversationId: string, text: string, fileIds?: readonly string[]): Promise<void>;
  /** Sends what waits, as long as it goes. Called at every new connection. */
  deliver(): Promise<void>;
  /** A refused message: once more, or no more. */
  retry(clientId: string): Promise<void>;
  remove(clientId: string): Promise<void>;
}

/** Rejects with `Unreachable` as long as its files are on their way. */
export type SendMessage = (message: StoredMessage) => Promise<{ eventId: number }>;

/** Refusals that say something about the moment, not about the message: it keeps waiting. */
const passing: readonly ErrorCode[] = [
  'unauthenticated',
  'rate_limited',
  'internal',
  'stopping',
  'disk_full',
  'claude_unavailable',
];

export async function openOutbox(
  disk: Pick<Database, 'all' | 'put' | 'deleteMessage'>,
  send: SendMessage,
): Promise<Outbox> {
  const entries = signal<Entries>(withWaiting([], await disk.all('outbox')));
  let delivering: Promise<void> | undefined;
  let isWanted = false;

  async function deliverAll(): Promise<void> {
    for (let next = nextToSend(entries.value); next; next = nextToSend(entries.value)) {
      if (!(await deliverOne(next))) return;
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
  function deliver(): Promise<void> {
    isWanted = true;
    delivering ??= rounds().finally(() => {
      delivering = undefined;
    });
    return delivering;
  }

  async function rounds(): Promise<void> {
    while (isWanted) {
      isWanted = false;
      await deliverAll();
    }
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
  };
}

/**
 * A disk that is full or closed to this page (a newer build in another tab; iOS, after some time in the background) costs only
 * that a message does not survive a reload: it is sent all the same, and one that is sent twice is one.
 */
async function asDiskMay(work: Promise<void>): Promise<void> {
  try {
    await work;
  } catch (error) {
    if (error !== null && !(error instanceof DOMException)) throw error;
  }
}
