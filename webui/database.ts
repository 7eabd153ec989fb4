// What this device keeps across visits, in IndexedDB: the only file that knows it. Small typed stores, get, put and delete.
// What lies here is this device's own; the truth about conversations is on the computer.
import type { Identity } from './identity.ts';
import type { StoredMessage } from './outbox-entries.ts';

export interface Stores {
  /** One record, under `self`. */
  identity: Identity;
  /** By clientId, whose order is the order of sending. */
  outbox: StoredMessage;
  /** What is typed but not sent, by conversationId. */
  drafts: string;
  /** Small things worth remembering, e.g. that the socket failed here. */
  notes: number | string;
}

export interface Database {
  get<S extends keyof Stores>(store: S, key: string): Promise<Stores[S] | undefined>;
  /** All values in the order of their keys. */
  all<S extends keyof Stores>(store: S): Promise<Stores[S][]>;
  /** Resolves when it is on disk, as far as a browser says so. */
  put<S extends keyof Stores>(store: S, key: string, value: Stores[S]): Promise<void>;
  delete(store: keyof Stores, key: string): Promise<void>;
}

const names = ['identity', 'outbox', 'drafts', 'notes'] as const satisfies readonly (keyof Stores)[];
const version = 1;

/** Rejects when the browser keeps nothing here (some private windows). */
export async function openDatabase(): Promise<Database> {
  const opening = indexedDB.open('porchlight', version);
  opening.onupgradeneeded = () => {
    for (const name of names) opening.result.createObjectStore(name);
  };
  const database = await done(opening);
  const reading = (store: keyof Stores) => database.transaction(store).objectStore(store);

  async function write(store: keyof Stores, change: (store: IDBObjectStore) => void): Promise<void> {
    const transaction = database.transaction(store, 'readwrite', { durability: 'strict' });
    change(transaction.objectStore(store));
    // At once, and not when the callbacks are done: the page may be on its way out.
    transaction.commit();
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
  }

  return {
    get: (store, key) => done(reading(store).get(key)),
    all: (store) => done(reading(store).getAll()),
    put: (store, key, value) => write(store, (into) => void into.put(value, key)),
    delete: (store, key) => write(store, (from) => void from.delete(key)),
  };
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
