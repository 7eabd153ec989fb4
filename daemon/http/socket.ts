// The WebSocket: one per device, many logs. Nothing is done before an auth frame; every subscription is a cursor that waits
// when the socket is slow, so a stopped phone costs next to no memory. Framing only: what a frame means is decided elsewhere.
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import type { Execute } from '../commands.ts';
import type { Access } from '../pairing/access.ts';
import type { Principal } from '../pairing/devices.ts';
import type { Clock, Dispose, Logger } from '../ports.ts';
import type { Presence } from '../ports/desktop.ts';
import { closeCodes } from '../protocol/errors.ts';
import { ClientFrame, type Cursor, type ServerFrame } from '../protocol/frames.ts';
import { errorReply } from './errors.ts';
import type { FindLog } from './events-route.ts';
import { createOutlet, type Message, messageOf } from './outlet.ts';
import type { Page } from './pages.ts';
import { follow, type SourceRecord } from './streams.ts';
import type { Stranger } from './strangers.ts';

const authMs = 5000;
const maxAuthBytes = 4096;
const pingMs = 15_000;
const stallMs = 10_000;
/** A network that has just come back may take a while. */
const doubtMs = 10_000;
/** A peer that does not answer the close is cut off after this, ms; one that has stalled may come back and see why. */
const closingMs = 1000;
const stalledClosingMs = 30_000;
/** Commands of one socket under way at once. */
const maxRunning = 16;
const nothing: Dispose = () => {};

export interface SocketOptions {
  readonly access: Access;
  readonly execute: Execute;
  readonly findLog: FindLog;
  readonly epoch: string;
  readonly buildId: string;
  readonly presence: Pick<Presence, 'begin'>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** A device that takes nothing for so long is let go; it comes back at its cursor. Default: 10 s. */
  readonly stallMs?: number;
}

export interface Sockets {
  /** Takes over an upgrade that the guard let through. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer, stranger: Stranger | undefined): void;
  readonly count: number;
  /** After a sleep: asks every socket at once whether anybody is still there. */
  renew(): void;
  close(): void;
}

/** A message in too many parts is too big, and is closed as one; the library says 1008 there, and nothing more. */
class BoundedSocket extends WebSocket {
  override close(code?: number, data?: string | Buffer): void {
    super.close(code === 1008 && data === undefined ? 1009 : code, data);
  }
}

export function createSockets(options: SocketOptions): Sockets {
  const limits = { maxPayload: 1 << 20, perMessageDeflate: false, WebSocket: BoundedSocket };
  const server = new WebSocketServer({ noServer: true, ...limits });
  return {
    upgrade(request, socket, head, stranger) {
      server.handleUpgrade(request, socket, head, (ws) => serve({ ws, socket, stranger }, options));
    },
    get count() {
      return server.clients.size;
    },
    renew() {
      for (const ws of server.clients) doubt(ws, options.clock);
    },
    close() {
      for (const ws of server.clients)
        closeSoon(ws, { code: 1001, reason: 'stopping', clock: options.clock });
    },
  };
}

interface Guest {
  readonly ws: WebSocket;
  /** That carries it. */
  readonly socket: Duplex;
  readonly stranger: Stranger | undefined;
}

function serve({ ws, socket, stranger }: Guest, options: SocketOptions): void {
  const { access, execute, findLog, epoch, buildId, clock, logger } = options;
  const subscriptions = new Map<string, Dispose>();
  let principal: Principal | undefined;
  let running = 0;
  let endWatching: Dispose = nothing;
  const end = (code: number, reason: string) => closeSoon(ws, { code, reason, clock });
  const cutOff = () => end(closeCodes.revoked, 'revoked');
  let endOfToken: Dispose = clock.after(authMs, () => end(closeCodes.unauthenticated, 'no auth frame'));
  const stopPings = keepPinging(ws, clock);
  stranger?.onTurnedAway(() => end(closeCodes.crowded, 'too many have not signed in'));
  const outlet = createOutlet({
    ...{ ws, socket, clock, stallMs: options.stallMs ?? stallMs },
    stalled: () => end(closeCodes.stalled, 'too slow'),
  });

  const send = (frame: ServerFrame) => outlet.send(messageOf(JSON.stringify(frame)));
  ws.on('error', (error) => logger.info('socket error', { reason: error.message }));
  ws.on('close', () => {
    endSubscriptions();
    endWatching();
    principal?.revoked.removeEventListener('abort', cutOff);
    stopPings();
    endOfToken();
  });
  ws.on('message', (data, isBinary) => {
    // Frames still come in while the socket closes; whoever was shown out has nothing more to say.
    if (ws.readyState !== ws.OPEN) return;
    const frame = isBinary ? undefined : parseFrame(data, principal === undefined);
    if (!frame) return end(closeCodes.badFrame, 'not a frame that Porchlight understands');
    if (frame.type === 'auth') return authenticate(frame.token);
    if (!principal) return end(closeCodes.unauthenticated, 'the first frame must be auth');
    void paced(answer(frame, principal));
  });

  /** No more is read from a socket that has much under way, or that does not take its answers. */
  async function paced(answering: Promise<void>): Promise<void> {
    running += 1;
    if (running >= maxRunning || outlet.isFull()) ws.pause();
    await answering.finally(() => {
      running -= 1;
      if (ws.isPaused && running < maxRunning) ws.resume();
    });
  }

  function authenticate(token: string): void {
    const held = access.check(token);
    if (!held || (principal && held.principal.deviceId !== principal.deviceId)) {
      return end(closeCodes.unauthenticated, 'the token is not valid');
    }
    endOfToken();
    const left = held.ends - clock.monotonic();
    endOfToken = Number.isFinite(left)
      ? clock.after(left, () => end(closeCodes.unauthenticated, 'the token ended'))
      : nothing;
    if (!principal) held.principal.revoked.addEventListener('abort', cutOff);
    principal ??= held.principal;
    stranger?.admit();
    const { deviceId, scopes } = principal;
    void send({ type: 'ready', epoch, buildId, deviceId, scopes: [...scopes] });
  }

  async function answer(frame: Exclude<ClientFrame, { type: 'auth' }>, asker: Principal): Promise<void> {
    switch (frame.type) {
      case 'heartbeat':
        return send(frame);
      case 'watching':
        endWatching();
        endWatching = frame.isVisible && asker.kind !== 'token' ? options.presence.begin() : nothing;
        return;
      case 'unsubscribe':
        subscriptions.get(frame.log)?.();
        return;
      case 'subscribe':
        // Runs for as long as the subscription; it is paced by the socket itself.
        void subscribe(frame.log, frame, asker);
        return;
      case 'command': {
        const reply = await execute(frame.command, asker).then(
          (result) => ({ ok: true, result }) as const,
          (error: unknown) => errorReply(error, logger),
        );
        return send({ type: 'reply', ref: frame.ref, reply });
      }
      default:
        return frame satisfies never;
    }
  }

  /** A second subscription to a log takes the place of the first. */
  async function subscribe(log: string, cursor: Cursor, asker: Principal): Promise<void> {
    subscriptions.get(log)?.();
    let isOver = false;
    let unfollow = nothing;
    const over = () => {
      isOver = true;
      unfollow();
      if (subscriptions.get(log) === over) subscriptions.delete(log);
    };
    const gone = (message: string) => {
      if (isOver) return;
      over();
      void send({ type: 'gone', log, message });
    };
    const ended = (error?: unknown) =>
      gone(
        error === undefined ? 'This conversation no longer exists.' : errorReply(error, logger).error.message,
      );
    subscriptions.set(log, over);
    if (!asker.scopes.includes('read')) return gone('This device may not read.');
    try {
      const source = await findLog(log);
      if (!isOver) unfollow = follow({ source, cursor, take, ended });
    } catch (error) {
      ended(error);
    }
  }

  function take(record: SourceRecord): Promise<void> {
    if (ws.readyState !== ws.OPEN) endSubscriptions();
    return outlet.send(messageFor(record));
  }

  function endSubscriptions(): void {
    for (const over of [...subscriptions.values()]) over();
  }
}

/** Of a page, made once for all who read it. */
const messages = new WeakMap<Page, Message>();

function messageFor(record: SourceRecord): Message {
  if (record.type !== 'events') return messageOf(JSON.stringify(record satisfies ServerFrame));
  const { log, page } = record;
  const made = messages.get(page) ?? messageOf(eventsFrame(log, page));
  messages.set(page, made);
  return made;
}

/** `ServerFrame` of type `events`. */
function eventsFrame(log: string, { events }: Page): string {
  return `{"type":"events","log":${JSON.stringify(log)},"events":[${events.map(({ json }) => json).join(',')}]}`;
}

function parseFrame(data: RawData, isFirst: boolean): ClientFrame | undefined {
  const text = data.toString();
  if (isFirst && text.length > maxAuthBytes) return undefined;
  try {
    const parsed = ClientFrame.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function closeSoon(
  ws: WebSocket,
  { code, reason, clock }: { code: number; reason: string; clock: Clock },
): void {
  if (ws.readyState !== ws.OPEN) return;
  ws.close(code, reason);
  // The peer's own goodbye is behind what it has sent before.
  ws.resume();
  const left = code === closeCodes.stalled ? stalledClosingMs : closingMs;
  const cancel = clock.after(left, () => ws.terminate());
  ws.once('close', cancel);
}

/** After a sleep the other side may be gone without a word. */
function doubt(ws: WebSocket, clock: Clock): void {
  if (ws.readyState !== ws.OPEN) return;
  const cancel = clock.after(doubtMs, () => ws.terminate());
  ws.once('pong', cancel).once('close', cancel);
  ws.ping();
}

/** Two pings without a pong, and the socket is taken for dead. */
function keepPinging(ws: WebSocket, clock: Clock): Dispose {
  let missed = 0;
  let cancel: Dispose = clock.after(pingMs, ping);
  ws.on('pong', () => {
    missed = 0;
  });
  function ping(): void {
    if (missed >= 2) return ws.terminate();
    missed += 1;
    ws.ping();
    cancel = clock.after(pingMs, ping);
  }
  return () => cancel();
}
