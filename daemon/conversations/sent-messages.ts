// Which messages are in the log, by (device, clientId), for the life of the log: what makes sending again harmless.
import { AppError } from '../protocol/errors.ts';

/** What makes two messages the same: the words, and the files by their ids. */
interface Content {
  readonly text: string;
  readonly attachments: readonly string[];
}

interface Sent extends Content {
  readonly eventId: number;
  readonly durable: Promise<void>;
}

export interface SentMessages {
  /** The event of a message that was sent before; rejects with `client_id_reused` when its content was another. */
  find(deviceId: string, clientId: string, content: Content): Promise<number> | undefined;
  add(deviceId: string, clientId: string, sent: Sent): void;
}

export function createSentMessages(): SentMessages {
  const byClient = new Map<string, Sent>();
  const keyOf = (deviceId: string, clientId: string) => `${deviceId} ${clientId}`;
  return {
    find(deviceId, clientId, { text, attachments }) {
      const sent = byClient.get(keyOf(deviceId, clientId));
      if (!sent) return undefined;
      const isSame = sent.text === text && sent.attachments.join() === attachments.join();
      if (!isSame) return Promise.reject(new AppError('client_id_reused'));
      return sent.durable.then(() => sent.eventId);
    },
    add(deviceId, clientId, sent) {
      const key = keyOf(deviceId, clientId);
      byClient.set(key, sent);
      sent.durable.catch(() => byClient.delete(key));
    },
  };
}
