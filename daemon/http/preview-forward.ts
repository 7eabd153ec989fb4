// Hands a request on to the app on loopback and its answer back, as streams: nothing is gathered, so bodies of any size, ranges and
// endless answers pass. Which headers pass is said by previews/gateway-rules.ts; who may ask was decided before.
import { Agent, type IncomingMessage, request as ask, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type Ends, type Framing, headersDown, headersUp } from '../previews/gateway-rules.ts';
import { statusLine } from './preview-pages.ts';

export interface App {
  readonly host: string;
  readonly port: number;
}

export interface Forwarding {
  readonly app: App;
  /** `https://…` as the browser has it. */
  readonly outside: string;
  readonly framing: Framing;
  /** The app took no connection; nothing was answered yet. */
  readonly unreachable: () => void;
  /** Changes a page on its way; undefined leaves all as it is. */
  readonly inject: Injection | undefined;
}

/** For what is asked to be a page, which then comes without compression. */
export interface Injection {
  readonly isFor: (request: IncomingMessage) => boolean;
  /** Streams the answer, changed. */
  readonly through: (answer: IncomingMessage, response: ServerResponse, headers: readonly string[]) => void;
}

/** Connections that are kept. An app may close them at the moment when one is asked on: what has a body could not be sent again. */
const agent = new Agent({ keepAlive: true, maxFreeSockets: 32, timeout: 0 });

export function forward(request: IncomingMessage, response: ServerResponse, forwarding: Forwarding): void {
  const { app, outside, framing, unreachable, inject } = forwarding;
  const { method = 'GET', url = '/' } = request;
  const ends = endsOf(app, outside);
  const headers = headersUp(request.rawHeaders, ends);
  const length = request.headers['content-length'];
  const isChunked = request.headers['transfer-encoding'] !== undefined;
  const hasBody = isChunked || (length !== undefined && length !== '0');
  if (isChunked) headers.push('Transfer-Encoding', 'chunked');
  else if (length !== undefined) headers.push('Content-Length', length);
  const isInjected = inject?.isFor(request) === true;
  const sent = isInjected ? withoutEncodings(headers) : headers;
  send(hasBody ? false : agent);

  function send(by: Agent | false): void {
    const asking = ask({ ...app, method, path: url, headers: sent, agent: by, setHost: false });
    const gone = () => asking.destroy();
    response.once('close', gone);
    asking.on('response', (answer) => give(answer));
    asking.on('error', (error: NodeJS.ErrnoException) => {
      response.off('close', gone);
      if (response.destroyed || response.headersSent) return void response.destroy();
      // A kept connection that the app had just closed, and maybe all of them: nobody has seen the request.
      if (by && asking.reusedSocket && error.code === 'ECONNRESET') return send(false);
      unreachable();
    });
    if (!hasBody) return void asking.end();
    request.pipe(asking);
    request.once('error', gone);
  }

  function give(answer: IncomingMessage): void {
    const { statusCode = 502, statusMessage = '' } = answer;
    const down = headersDown(answer.rawHeaders, ends, framing);
    answer.once('error', () => response.destroy());
    // The app has gone away in the middle of it.
    answer.once('aborted', () => response.destroy());
    if (isInjected && /^text\/html\b/i.test(answer.headers['content-type'] ?? '') && method !== 'HEAD') {
      response.statusCode = statusCode;
      return inject?.through(answer, response, down);
    }
    try {
      response.writeHead(statusCode, statusMessage, down);
    } catch (error) {
      if (!(error instanceof TypeError || error instanceof RangeError)) throw error;
      // A status or a header that may not stand in an answer.
      answer.destroy();
      return unreachable();
    }
    // What says nothing for a while, as events do, must be known to have begun.
    response.flushHeaders();
    answer.pipe(response);
  }
}

/** `socket` is the device's; `open` holds both ends as long as they are open. */
export function forwardUpgrade(
  { request, socket, head }: { request: IncomingMessage; socket: Duplex; head: Buffer },
  { app, outside, framing, unreachable }: Omit<Forwarding, 'inject'>,
): void {
  const ends = endsOf(app, outside);
  const headers = [...headersUp(request.rawHeaders, ends), 'Connection', 'Upgrade', 'Upgrade', 'websocket'];
  const asking = ask({
    ...app,
    method: 'GET',
    path: request.url ?? '/',
    headers,
    agent: false,
    setHost: false,
  });
  const gone = () => asking.destroy();
  socket.once('close', gone);
  asking.on('error', () => (socket.writable ? unreachable() : socket.destroy()));
  asking.on('response', (answer) => {
    answer.resume();
    socket.end(statusLine(answer.statusCode ?? 502));
  });
  asking.on('upgrade', (answer, appSocket, first) => {
    const down = headersDown(answer.rawHeaders, ends, framing);
    const lines = ['HTTP/1.1 101 Switching Protocols', 'Connection: Upgrade', 'Upgrade: websocket'];
    for (let at = 0; at < down.length; at += 2) lines.push(`${down[at]}: ${down[at + 1]}`);
    socket.write(`${lines.join('\r\n')}\r\n\r\n`);
    if (first.length > 0) socket.write(first);
    if (head.length > 0) appSocket.write(head);
    appSocket.on('error', () => socket.destroy());
    appSocket.on('close', () => socket.destroy());
    socket.on('close', () => appSocket.destroy());
    appSocket.pipe(socket).pipe(appSocket);
  });
  asking.end();
}

function endsOf({ port }: App, outside: string): Ends {
  return { outside, inside: `http://localhost:${port}` };
}

function withoutEncodings(headers: readonly string[]): string[] {
  const kept: string[] = [];
  for (let at = 0; at < headers.length; at += 2)
    if (headers[at]?.toLowerCase() !== 'accept-encoding') kept.push(headers[at] ?? '', headers[at + 1] ?? '');
  return [...kept, 'Accept-Encoding', 'identity'];
}
