// What this device keeps across visits, in IndexedDB: the only file that knows it. Small typed stores, get, put and delete.
// What lies here is this device's own; the truth about conversations is on the computer.
import type { Identity } from './identity.ts';
import type { StoredMessage } from './outbox-entries.ts';
import type { StoredFile } from './uploads/stored-file.ts';

export interface Stores {
  /** One record, under `self`. */
  identity: Identity;
  /** By clientId, whose order is the order of sending. */
  outbox: StoredMessage;
  /** What is typed but not sent, by conversationId. */
  drafts: string;
  /** What the computer does not have as part of a message yet, by fileId, whose order is the order of choosing. */
  files: StoredFile;
  /** Small things worth remembering, e.g. that the socket failed here. */
  notes: number | string;
}

export interface Database {
  get<S extends keyof Stores>(store: S, key: string): Promise<Stores[S] | undefined>;
  /** All values in the order of their keys. */
  all<S extends keyof Stores>(store: S): Promise<Stores[S][]>;
  keys(store: keyof Stores): Promise<string[]>;
  /** Resolves when it is on disk, as far as a browser says so. */
  put<S extends keyof Stores>(store: S, key: string, value: Stores[S]): Promise<void>;
  delete(store: keyof Stores, key: string): Promise<void>;
  /** A message together with its files: all of it goes, or none. */
  deleteMessage(clientId: string, fileIds: readonly string[]): Promise<void>;
  /** All that this device keeps, its key included. */
  clear(): Promise<void>;
  /** The same, and nothing is written any more by this page. */
  end(): Promise<void>;
}

const names = ['identity', 'outbox', 'drafts', 'notes', 'files'] as const satisfies readonly (keyof Stores)[];
const version = 2;

/** Rejects when the browser keeps nothing here (some private windows). */
export async function openDatabase(): Promise<Database> {
  let database = await opened();
  let hasEnded = false;

  /** Undefined when the database was closed meanwhile. */
  function begun(stores: readonly (keyof Stores)[], mode: IDBTransactionMode): IDBTransaction | undefined {
    try {
      return database.transaction(stores, mode, { durability: 'strict' });
    } catch (error) {
      if (error instanceof DOMException && error.name === 'InvalidStateError') return undefined;
      throw error;
    }
  }

  /** Safari closes it without a word while the page sleeps. Rejects when a newer build has it. */
  async function begunAgain(stores: readonly (keyof Stores)[], mode: IDBTransactionMode) {
    database = await opened();
    return database.transaction(stores, mode, { durability: 'strict' });
  }

  async function read<T>(store: keyof Stores, ask: (from: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const transaction = begun([store], 'readonly') ?? (await begunAgain([store], 'readonly'));
    return done(ask(transaction.objectStore(store)));
  }

  async function write(
    stores: readonly (keyof Stores)[],
    change: (transaction: IDBTransaction) => void,
  ): Promise<void> {
    if (hasEnded) throw new DOMException('This device was signed out.', 'InvalidStateError');
    const transaction = begun(stores, 'readwrite') ?? (await begunAgain(stores, 'readwrite'));
    change(transaction);
    // At once, and not when the callbacks are done: the page may be on its way out.
    transaction.commit();
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    });
  }

  const clear = () =>
    write(names, (all) => {
      for (const name of names) all.objectStore(name).clear();
    });

  return {
    get: (store, key) => read(store, (from) => from.get(key)),
    all: (store) => read(store, (from) => from.getAll()),
    keys: async (store) => (await read(store, (from) => from.getAllKeys())).map(String),
    put: (store, key, value) => write([store], (into) => into.objectStore(store).put(value, key)),
    delete: (store, key) => write([store], (from) => from.objectStore(store).delete(key)),
    deleteMessage: (clientId, fileIds) =>
      write(['outbox', 'files'], (from) => {
        from.objectStore('outbox').delete(clientId);
        for (const fileId of fileIds) from.objectStore('files').delete(fileId);
      }),
    clear,
    end() {
      const cleared = clear();
      hasEnded = true;
      return cleared;
    },
  };
}

/**
 * A disk that is full or closed to this page (a newer build in another tab; iOS, after some time in the background) costs only
 * that something does not survive a reload, or stays until the next; undefined then.
 */
export async function asDiskMay<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error !== null && !(error instanceof DOMException)) throw error;
    return undefined;
  }
}

async function opened(): Promise<IDBDatabase> {
  const opening = indexedDB.open('porchlight', version);
  opening.onupgradeneeded = () => {
    const { result } = opening;
    for (const name of names) if (!result.objectStoreNames.contains(name)) result.createObjectStore(name);
  };
  const database = await done(opening);
  // A newer build in another tab waits for this one to let go.
  database.onversionchange = () => database.close();
  return database;
}

function done<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}
