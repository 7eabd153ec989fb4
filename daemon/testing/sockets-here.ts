// The WebSocket over TLS in the test's own process, with a log that the test fills, a clock that it sets, and a look at the
// socket from the daemon's side: for what depends on how full a socket is.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { createPages } from '../http/pages.ts';
import { createSockets } from '../http/socket.ts';
import { createAccess } from '../pairing/access.ts';
import { createDevices } from '../pairing/devices.ts';
import type { EventLog } from '../ports.ts';
import { openDocument } from '../store/documents.ts';
import { createMemoryStore } from '../store/memory-store.ts';
import { openCertificate } from '../system/certificate.ts';
import type { LogEvent } from './daemon-client.ts';
import { settableClock } from './settable-clock.ts';
import { soundDisk } from './sound-disk.ts';

export interface SocketsHere {
  /** The lobby's. */
  readonly log: EventLog;
  /** Lets time pass for the sockets. */
  pass(ms: number): void;
  /** The daemon's end of the newest connection. */
  newest(): Duplex | undefined;
  /** How many there are that have not come to their end. */
  count(): number;
  /** A reader of the log behind `after`. */
  read(after: number): Promise<SocketReader>;
  close(): Promise<void>;
}

export interface SocketReader {
  readonly socket: WebSocket;
  /** Those that came so far. */
  readonly events: readonly LogEvent[];
  /** The `ref` of each heartbeat that was answered. */
  readonly beats: readonly string[];
  /** The close code, as it sees it. */
  readonly closed: Promise<number>;
}

export async function startSocketsHere(): Promise<SocketsHere> {
  const home = mkdtempSync(join(tmpdir(), 'porchlight-sockets-'));
  const { clock, pass } = settableClock();
  const nothing = () => undefined;
  const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
  const certificate = await openCertificate({
    ...{ folder: join(home, 'tls'), names: ['localhost'], addresses: ['127.0.0.1'], now: Date.now() },
  });
  const { cert, daemonId } = certificate;
  const document = await openDocument({
    ...{ path: join(home, 'state.json'), initial: { devices: [] }, disk: soundDisk },
    parse: (json) => json as { devices: [] },
  });
  const devices = createDevices({ document, clock, random, changed: async () => {}, failed: nothing });
  const { token } = await devices.addToken({ label: 'test', scopes: ['read'] });
  const store = createMemoryStore({ clock, epoch: 'e'.repeat(32) });
  const log = await store.open('lobby');
  const source = { log, disk: soundDisk, pages: createPages(), epoch: store.epoch, buildId: 'test' };
  const sockets = createSockets({
    ...{
      epoch: store.epoch,
      buildId: 'test',
      clock,
      access: createAccess({ devices, clock, random, daemonId }),
    },
    presence: { begin: () => nothing },
    execute: () => Promise.reject(new Error('nothing to command here')),
    findLog: async (name) => ({ ...source, name, snapshot: () => ({ last: 0 }) }),
    logger: { info: nothing, warn: nothing, error: (message, error) => console.error(message, error) },
  });
  let newest: Duplex | undefined;
  const server = createServer({ key: certificate.key, cert });
  server.on('upgrade', (request, socket, head) => {
    newest = socket;
    sockets.upgrade(request, socket, head, undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `wss://127.0.0.1:${port}/api/socket`;
  return {
    ...{ log, pass, newest: () => newest, count: () => sockets.count },
    read: (after) => openReader({ url, cert, token, after }),
    async close() {
      sockets.close();
      pass(2000);
      await new Promise((resolve) => server.close(resolve));
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function openReader(options: {
  url: string;
  cert: string;
  token: string;
  after: number;
}): Promise<SocketReader> {
  const { url, cert, token, after } = options;
  const socket = new WebSocket(url, { ca: cert });
  const events: LogEvent[] = [];
  const beats: string[] = [];
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.once('open', () => socket.send(JSON.stringify({ type: 'auth', token })));
    socket.on('message', (data) => {
      const frame = JSON.parse(data.toString());
      if (frame.type === 'events') events.push(...frame.events);
      if (frame.type === 'heartbeat') beats.push(frame.ref);
      if (frame.type !== 'ready') return;
      socket.send(JSON.stringify({ type: 'subscribe', log: 'lobby', after }));
      resolve();
    });
  });
  return { socket, events, beats, closed };
}
