// Which way to take: the WebSocket first, event streams where the socket is known to fail. What fails is remembered on
// this device, and doubted after a week: a certificate may have been installed since.
import type { Database } from '../database.ts';

const note = 'socketFailedAt';
const doubtAfterMs = 7 * 24 * 3_600_000;

export interface TransportChoice {
  preferred(): Promise<'socket' | 'stream'>;
  /** The socket failed where the streams then worked. */
  rememberFailure(): Promise<void>;
}

export function createTransportChoice(
  database: Pick<Database, 'get' | 'put'>,
  now: () => number,
): TransportChoice {
  return {
    async preferred() {
      const failedAt = await database.get('notes', note);
      return typeof failedAt === 'number' && now() - failedAt < doubtAfterMs ? 'stream' : 'socket';
    },
    rememberFailure: () => database.put('notes', note, now()),
  };
}
