// One preview's own port: an origin of its own, for one app. Everything is asked here before anything reaches the app: the name, the
// page that it comes from, the session. What is shown comes from the registry, never from the request.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { Duplex } from 'node:stream';
import type { Express } from 'express';
import type { PreviewAccess, Session } from '../previews/access.ts';
import { cookiesNamed } from '../previews/gateway-rules.ts';
import { type Asked, isForApp, refusalOf, ticketIn } from '../previews/gateway-requests.ts';
import type { Target } from '../previews/preview.ts';
import type { Clock } from '../ports.ts';
import type { Certificates } from '../ports/certificates.ts';
import type { PreviewSummary } from '../protocol/previews.ts';
import { answerBrokenRequests } from './broken-requests.ts';
import { type Listener, listen } from './listener.ts';
import { type Bridges, bridgeTag, isBridged } from './preview-bridge.ts';
import { createPreviewFiles } from './preview-files.ts';
import { forward, forwardUpgrade } from './preview-forward.ts';
import { injectTags } from './preview-inject.ts';
import { inspectorTag, serveInspector } from './preview-inspector.ts';
import { askToOpen, refuse, refuseUpgrade, tellState } from './preview-pages.ts';
import type { Strangers } from './strangers.ts';
import { choosesByName, followCertificates, secureOptions } from './tls.ts';

const maxConnections = 512;
const headersMs = 5000;
const handshakeMs = 10_000;

export interface DoorOptions {
  readonly previewId: string;
  readonly host: string;
  readonly port: number;
  readonly certificates: Certificates;
  readonly clock: Clock;
  readonly strangers: Strangers;
  readonly access: PreviewAccess;
  readonly bridges: Bridges;
  /** Names of this computer, as they stand in a Host before the colon. */
  readonly names: () => ReadonlySet<string>;
  /** Where Porchlight's own app listens. */
  readonly ownPort: () => number;
  readonly preview: () => PreviewSummary;
  readonly target: () => Target | undefined;
  readonly notAnswering: () => void;
  /** True for a device that has not been here; then its browser is told to forget what lies there. */
  readonly isFirstVisit: (deviceId: string) => boolean;
  readonly visited: (deviceId: string) => void;
  /** A signed-in device has asked for something. */
  readonly used: () => void;
}

/** Rejects with the system's error (`EADDRINUSE`, say). */
export async function openPreviewDoor(options: DoorOptions): Promise<Listener> {
  const { certificates, clock, strangers, access, bridges, previewId, port } = options;
  const cookieName = `__Host-plt-preview-${port}`;
  const secure = { ...secureOptions(certificates.shown.usual), SNICallback: choosesByName(certificates) };
  const server = createServer(
    { ...secure, handshakeTimeout: handshakeMs, connectionsCheckingInterval: 1000 },
    serve,
  );
  server.once('close', followCertificates(server, certificates));
  server.headersTimeout = headersMs;
  server.keepAliveTimeout = headersMs;
  // Of those that are signed in: an upload may take its time. Strangers have limits of their own.
  server.requestTimeout = 0;
  server.maxConnections = maxConnections;
  server.on('connection', strangers.meet);
  server.on('secureConnection', strangers.secured);
  answerBrokenRequests(server, clock);
  server.on('upgrade', upgrade);
  let files: { readonly root: string; readonly app: Express } | undefined;
  return listen(server, { host: options.host, port }, clock);

  function serve(request: IncomingMessage, response: ServerResponse): void {
    const session = sessionOf(request);
    if (!session && !strangers.ask(request, response)) return;
    const outside = outsideOf(request);
    if (outside === undefined) return refuse(request, response, 'misdirected');
    const entry = request.method === 'GET' ? ticketIn(request.url ?? '/') : undefined;
    if (entry) return enter(response, entry, outside);
    if (!session) {
      strangers.find(request.socket)?.forget();
      return askToOpen(request, response);
    }
    const refusal = refusalOf(askedBy(request), outside);
    if (refusal) return refuse(request, response, refusal);
    if (!mayAsk(session, request)) return refuse(request, response, 'forbidden');
    strangers.find(request.socket)?.admit();
    options.used();
    endWith(session, response);
    show({ request, response, session, outside });
  }

  function show(asked: {
    request: IncomingMessage;
    response: ServerResponse;
    session: Session;
    outside: string;
  }): void {
    const { request, response, session, outside } = asked;
    const target = options.target();
    if (!target) return tellState(request, response, options.preview());
    if (serveInspector(request, session, response)) return;
    if (target.kind === 'static') {
      if (files?.root !== target.root)
        files = { root: target.root, app: createPreviewFiles(target.root, { frameAncestor, tags }) };
      return void files.app(request, response);
    }
    if (isBridged(request, session))
      return bridges.serve({ request, response, session, outside, app: target });
    if (!isForApp(request.url ?? '/', target.roots)) return refuse(request, response, 'forbidden');
    const added = tags(request);
    forward(request, response, {
      ...{ app: { host: target.host, port: target.port }, outside },
      framing: { frameAncestor: ownOrigin(outside) },
      inject: added === '' ? undefined : injectTags(added),
      unreachable() {
        options.notAnswering();
        tellState(request, response, options.preview());
      },
    });
  }

  function frameAncestor(request: IncomingMessage): string {
    return ownOrigin(outsideOf(request) ?? '');
  }

  /** What a page gets that is asked for here, before all of its own scripts. */
  function tags(request: IncomingMessage): string {
    const session = sessionOf(request);
    if (!session) return '';
    return `${session.bridge ? bridgeTag : ''}${inspectorTag(request, session, frameAncestor(request))}`;
  }

  function upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const session = sessionOf(request);
    if (!session && !strangers.ask(request)) return;
    const outside = outsideOf(request);
    if (outside === undefined) return refuseUpgrade(socket, 'misdirected');
    if (!session) return refuseUpgrade(socket, 'unauthenticated');
    const refusal = refusalOf(askedBy(request), outside);
    if (refusal) return refuseUpgrade(socket, refusal);
    const target = options.target();
    const isWebSocket = request.headers.upgrade?.toLowerCase() === 'websocket' && request.method === 'GET';
    if (!isWebSocket || target?.kind !== 'server' || !isForApp(request.url ?? '/', target.roots))
      return refuseUpgrade(socket, 'not_found');
    strangers.find(socket)?.admit();
    options.used();
    endWith(session, socket);
    forwardUpgrade(
      { request, socket, head },
      {
        ...{ app: { host: target.host, port: target.port }, outside },
        framing: { frameAncestor: ownOrigin(outside) },
        unreachable: () => refuseUpgrade(socket, 'not_found'),
      },
    );
  }

  function enter(
    response: ServerResponse,
    { ticket, rest }: { ticket: string; rest: string },
    outside: string,
  ): void {
    const bought = access.redeem(previewId, ticket);
    // Used up, or too old: whoever has a session already goes on with it, others are told so behind it.
    const headers: Record<string, string> = {
      ...{ Location: `${outside}${rest}`, 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' },
      'Content-Length': '0',
    };
    if (bought) {
      const { deviceId } = bought.session.guest;
      headers['Set-Cookie'] = `${cookieName}=${bought.secret}; Path=/; Secure; HttpOnly; SameSite=Strict`;
      // Never "cookies": they are those of every port of this host.
      if (options.isFirstVisit(deviceId)) headers['Clear-Site-Data'] = '"storage", "cache"';
      response.once('finish', () => options.visited(deviceId));
    }
    response.writeHead(303, headers).end();
  }

  function sessionOf({ headers }: IncomingMessage): Session | undefined {
    return access.find(previewId, cookiesNamed(headers.cookie ?? '', cookieName));
  }

  /** The origin under which it was asked for; undefined when that is no name of this computer and this port. */
  function outsideOf(request: IncomingMessage): string | undefined {
    const hosts = request.headersDistinct['host'] ?? [];
    const host = hosts[0]?.toLowerCase() ?? '';
    const name = host.endsWith(`:${port}`) ? host.slice(0, -`:${port}`.length) : undefined;
    const isOwn = hosts.length === 1 && name !== undefined && options.names().has(name);
    return isOwn && request.url?.startsWith('/') ? `https://${host}` : undefined;
  }

  function ownOrigin(outside: string): string {
    return `${outside.slice(0, -`:${port}`.length)}:${options.ownPort()}`;
  }
}

/** Whoever may only look sends nothing. */
function mayAsk({ guest }: Session, request: IncomingMessage): boolean {
  const looks = ['GET', 'HEAD', 'OPTIONS'].includes(request.method ?? '');
  return looks || guest.scopes.includes('use');
}

/** What a device has open ends with the device. */
function endWith({ guest: { revoked } }: Session, open: ServerResponse | Duplex): void {
  const end = () => void open.destroy();
  revoked.addEventListener('abort', end);
  open.once('close', () => revoked.removeEventListener('abort', end));
}

function askedBy(request: IncomingMessage): Asked {
  const { headers, method = 'GET', url = '' } = request;
  return {
    ...{ method, target: url, isUpgrade: headers.upgrade !== undefined, origin: headers.origin },
    fetchSite: header(headers['sec-fetch-site']),
    fetchMode: header(headers['sec-fetch-mode']),
    fetchDest: header(headers['sec-fetch-dest']),
  };
}

function header(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : value?.[0];
}
