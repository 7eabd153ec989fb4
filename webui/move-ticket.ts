// The ticket with which this device goes on at another address of the computer: fetched while the computer is there, kept for
// when it is not. It is of no use without this device's key.
import { effect } from '@preact/signals';
import { AppError } from '../daemon/protocol/errors.ts';
import type { Connection } from './connection/connection.ts';
import { asDiskMay, type Database } from './database.ts';
import { Unreachable } from './http.ts';
import { type Identity, linkTo } from './identity.ts';

const key = 'moveTicket';

export interface MoveTicket {
  /** Waits for a ticket that is on its way. Undefined when there is none. */
  linkTo(origin: string): Promise<string | undefined>;
}

export function keepMoveTicket(parts: {
  database: Database;
  identity: Identity;
  connection: Connection;
}): MoveTicket {
  const { database, identity, connection } = parts;
  const { deviceId } = identity;

  /** With its device before it: after a new pairing the old one's is worth nothing. */
  async function kept(): Promise<string | undefined> {
    const note = await asDiskMay(database.get('notes', key));
    const [of, ticket] = typeof note === 'string' ? note.split(' ') : [];
    return of === deviceId ? ticket : undefined;
  }

  async function fetchOne(): Promise<void> {
    if ((await kept()) !== undefined) return;
    const { ticket } = await connection.command('device.prepareMove', {});
    await asDiskMay(database.put('notes', key, `${deviceId} ${ticket}`));
  }

  let fetching: Promise<void> = Promise.resolve();
  effect(() => {
    if (connection.state.value.kind === 'live') fetching = fetchOne().catch(unlessRefused);
  });
  return {
    async linkTo(origin) {
      const ticket = (await kept()) ?? (await fetching.then(kept));
      return ticket === undefined ? undefined : linkTo(origin, identity, ticket);
    },
  };
}

/** Without a ticket all goes on as well, and the next connection is the next try. */
function unlessRefused(error: unknown): void {
  if (!(error instanceof AppError) && !(error instanceof Unreachable)) throw error;
}
