// This device's identity on its own disk.
import type { Database } from './database.ts';
import type { Identity } from './identity.ts';

export function loadIdentity(database: Database): Promise<Identity | undefined> {
  return database.get('identity', 'self');
}

export async function keepIdentity(database: Database, identity: Identity): Promise<void> {
  const before = await loadIdentity(database);
  // What was said to one computer is not for another.
  if (before && before.daemonId !== identity.daemonId) await database.clear();
  await database.put('identity', 'self', identity);
  // Asks the browser not to clear this device's key when space is short; it may say no, and nothing hangs on it.
  // Not awaited: Firefox asks the person, and settles only when they answer.
  void navigator.storage?.persist?.();
}
