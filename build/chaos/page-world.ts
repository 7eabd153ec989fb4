// What the web app needs of a browser, for Node: fetch and WebSocket that go through the bad network and trust the daemon's
// certificate, a location, a document that is always visible, and a small store on disk in the place of IndexedDB.
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { Agent, request } from 'node:https';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { WebSocket } from 'ws';
import type { Database } from '../../webui/database.ts';

export interface Way {
  /** host:port as the daemon knows itself. */
  readonly host: string;
  /** Where the bad network listens. */
  readonly proxyPort: number;
  readonly ca: string;
}

export function makePageWorld(way: Way): void {
  const origin = `https://${way.host}`;
  const document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  Object.assign(globalThis, { location: { origin }, document, window: new EventTarget() });
  Object.assign(globalThis, { WebSocket: socketThrough(way), fetch: fetchThrough(way) });
  Object.defineProperty(globalThis, 'navigator', { value: { onLine: true }, configurable: true });
}

/** As when the phone says that it has a network again. */
export function wakeUp(): void {
  window.dispatchEvent(new Event('online'));
}

const network = ({ ca, proxyPort }: Way) => ({
  ca,
  host: '127.0.0.1',
  port: proxyPort,
  servername: 'localhost',
});

function socketThrough(way: Way) {
  return class extends WebSocket {
    constructor(url: string) {
      const origin = `https://${way.host}`;
      const headers = { host: way.host };
      const { ca } = way;
      super(url.replace(way.host, `localhost:${way.proxyPort}`), [], { ca, origin, headers });
    }
  };
}

export function fetchThrough(way: Way) {
  const agent = new Agent({ keepAlive: true });
  return (path: string, init: RequestInit = {}): Promise<Response> =>
    new Promise((resolve, reject) => {
      const headers = {
        ...Object.fromEntries(new Headers(init.headers)),
        host: way.host,
        origin: `https://${way.host}`,
      };
      const { signal, method = 'GET' } = init;
      const call = request({ ...network(way), path, method, headers, agent, ...(signal ? { signal } : {}) });
      call.once('error', reject);
      call.once('response', (answer) => {
        answer.once('error', () => undefined);
        const said = Object.entries(answer.headers).map(([name, value]) => [name, String(value)] as const);
        // The type of a body in DOM and in Node differs by name only.
        const body = Readable.toWeb(answer) as unknown as ReadableStream<Uint8Array>;
        resolve(
          new Response(body, {
            status: answer.statusCode ?? 0,
            headers: new Headers([...said].map(([n, v]) => [n, v])),
          }),
        );
      });
      call.end(init.body === undefined ? undefined : String(init.body));
    });
}

type Stored = Pick<Database, 'get' | 'all' | 'put' | 'delete' | 'deleteMessage'>;

/** One file per value, replaced by rename: it keeps what the page's own end leaves. */
export function openFileDatabase(folder: string): Stored {
  const place = (store: string) => {
    mkdirSync(join(folder, store), { recursive: true });
    return join(folder, store);
  };
  const read = (store: string, name: string) => JSON.parse(readFileSync(join(place(store), name), 'utf8'));
  const names = (store: string) =>
    readdirSync(place(store))
      .filter((name) => !name.endsWith('.new'))
      .sort();
  return {
    get: async (store, key) => (names(store).includes(key) ? read(store, key) : undefined),
    all: async (store) => names(store).map((name) => read(store, name)),
    async put(store, key, value) {
      writeFileSync(join(place(store), `${key}.new`), JSON.stringify(value));
      renameSync(join(place(store), `${key}.new`), join(place(store), key));
    },
    delete: async (store, key) => rmSync(join(place(store), key), { force: true }),
    deleteMessage: async (clientId) => rmSync(join(place('outbox'), clientId), { force: true }),
  };
}
