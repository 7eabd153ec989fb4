// The computer's end of the stand-in for WebSockets: a real WebSocket to the app, whose messages go to the page as events and come
// from it by POST. Only for sessions that asked for it; each belongs to one session and ends with its event stream.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { WebSocket } from 'ws';
import * as z from 'zod/mini';
import type { Session } from '../previews/access.ts';
import { appCookies } from '../previews/gateway-rules.ts';
import { isForApp } from '../previews/gateway-requests.ts';
import { bridgeScript } from './preview-bridge-script.ts';
import type { App } from './preview-forward.ts';

const folder = '/__porchlight/';
const scriptPath = `${folder}bridge.js`;
const bridgePath = `${folder}bridge`;
/** What puts the stand-in into a page. */
export const bridgeTag = `<script src="${scriptPath}"></script>`;
const maxBridges = 64;
const maxBody = 16 * 2 ** 20;
/** A page that does not take its events is let go. */
const maxWaiting = 8 * 2 ** 20;

export interface Bridges {
  serve(asked: {
    request: IncomingMessage;
    response: ServerResponse;
    session: Session;
    outside: string;
    app: App & { readonly roots: readonly string[] };
  }): void;
}

const Frames = z.array(
  z.union([
    z.object({ text: z.string() }),
    z.object({ bytes: z.string() }),
    z.object({ close: z.int(), reason: z.string() }),
  ]),
);

/** Of a bridged session, what is for the bridge and not for the app. */
export function isBridged({ url = '' }: IncomingMessage, { bridge }: Session): boolean {
  return bridge && (url === scriptPath || url.startsWith(`${bridgePath}?`));
}

export function createBridges(): Bridges {
  const open = new Map<string, { readonly ws: WebSocket; readonly session: Session }>();

  function begin(
    { request, response, session, app }: Parameters<Bridges['serve']>[0],
    asked: URLSearchParams,
  ): void {
    const id = asked.get('id') ?? '';
    const path = asked.get('path') ?? '';
    const isFine = /^[0-9a-f]{32}$/.test(id) && path.startsWith('/') && isForApp(path, app.roots);
    if (!isFine || open.has(id) || open.size >= maxBridges) return void response.writeHead(400).end();
    const inside = `localhost:${app.port}`;
    const cookie = appCookies(request.headers.cookie ?? '');
    const host = app.host.includes(':') ? `[${app.host}]` : app.host;
    const ws = new WebSocket(`ws://${host}:${app.port}${path}`, asked.getAll('protocol'), {
      headers: { Host: inside, Origin: `http://${inside}`, ...(cookie === '' ? {} : { Cookie: cookie }) },
      perMessageDeflate: false,
      maxPayload: maxBody,
    });
    open.set(id, { ws, session });
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.flushHeaders();
    const tell = (event: string, data: string) => {
      response.write(`event: ${event}\ndata: ${data}\n\n`);
      if (response.writableLength > maxWaiting) response.destroy();
    };
    ws.on('open', () => tell('opened', JSON.stringify({ protocol: ws.protocol })));
    ws.on('message', (data, isBinary) => {
      const bytes = Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as ArrayBuffer);
      if (isBinary) tell('bytes', bytes.toString('base64'));
      else tell('text', JSON.stringify(bytes.toString('utf8')));
    });
    // Followed by `close`, with 1006.
    ws.on('error', () => undefined);
    ws.on('close', (code, reason) => {
      open.delete(id);
      tell('closed', JSON.stringify({ code, reason: reason.toString(), wasClean: code !== 1006 }));
      response.end();
    });
    response.once('close', () => {
      open.delete(id);
      ws.terminate();
    });
  }

  async function send(
    { request, response, session }: Parameters<Bridges['serve']>[0],
    id: string,
  ): Promise<void> {
    const bridge = open.get(id);
    const frames = await framesOf(request);
    if (!frames) return void response.writeHead(400).end();
    if (bridge?.session !== session || bridge.ws.readyState !== WebSocket.OPEN)
      return void response.writeHead(410).end();
    for (const frame of frames) {
      if ('text' in frame) bridge.ws.send(frame.text);
      else if ('bytes' in frame) bridge.ws.send(Buffer.from(frame.bytes, 'base64'));
      else bridge.ws.close(mayClose(frame.close) ? frame.close : 1000, frame.reason.slice(0, 100));
    }
    response.writeHead(204).end();
  }

  return {
    serve(asked) {
      const { request, response } = asked;
      const [path = '', query = ''] = (request.url ?? '').split('?', 2);
      if (path === scriptPath) return serveScript(response);
      const params = new URLSearchParams(query);
      if (request.method === 'GET') return begin(asked, params);
      if (request.method !== 'POST') return void response.writeHead(405).end();
      send(asked, params.get('id') ?? '').catch(() => response.destroy());
    },
  };
}

function serveScript(response: ServerResponse): void {
  response.writeHead(200, {
    'Content-Type': 'text/javascript; charset=utf-8',
    'Cache-Control': 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(bridgeScript);
}

async function framesOf(request: IncomingMessage): Promise<z.infer<typeof Frames> | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > maxBody) return undefined;
    chunks.push(chunk);
  }
  try {
    return Frames.safeParse(JSON.parse(Buffer.concat(chunks).toString('utf8'))).data;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function mayClose(code: number): boolean {
  return code === 1000 || (code >= 3000 && code <= 4999);
}
