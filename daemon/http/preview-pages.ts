// What a preview's door says when there is no app to say it: a small page, or a line for whoever is no browser. It tells nothing of
// the project to anyone who is not signed in.
import { STATUS_CODES } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ErrorCode, refusals } from '../protocol/errors.ts';
import type { PreviewSummary } from '../protocol/previews.ts';
import { rawRefusal } from './errors.ts';

const style =
  'body{font:1rem/1.5 system-ui,sans-serif;max-width:30rem;margin:20vh auto 0;padding:0 1.5rem;color-scheme:light dark}' +
  'h1{font-size:1.25rem}p{opacity:.75}';

const always = {
  'Cache-Control': 'no-store',
  'Content-Security-Policy':
    "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

export function refuse(request: IncomingMessage, response: ServerResponse, code: ErrorCode): void {
  const { status, sentence } = refusals[code];
  answer(request, response, { status, title: 'Not here', sentence });
}

/** Whoever comes without a session. */
export function askToOpen(request: IncomingMessage, response: ServerResponse): void {
  const sentence = 'This preview opens from Porchlight only. Open it there again.';
  answer(request, response, { status: 401, title: 'Open it from Porchlight', sentence });
}

/** There is nothing to show at this moment; a page looks again by itself. */
export function tellState(request: IncomingMessage, response: ServerResponse, preview: PreviewSummary): void {
  const [title, sentence] = stateWords(preview);
  answer(request, response, { status: 503, title, sentence, looksAgain: true });
}

function stateWords({ state, reason, name }: PreviewSummary): readonly [string, string] {
  switch (state) {
    case 'starting':
      return ['Starting …', reason || `“${name}” is on its way up.`];
    case 'ready':
      return ['One moment …', `“${name}” does not take requests just now.`];
    case 'crashed':
      return ['It has ended', `${reason} Porchlight shows its last lines.`];
    case 'stopped':
    case 'offered':
      return ['Not running', `“${name}” is not running. Start it in Porchlight.`];
    default:
      return state satisfies never;
  }
}

interface Words {
  readonly status: number;
  readonly title: string;
  readonly sentence: string;
  readonly looksAgain?: boolean;
}

function answer(request: IncomingMessage, response: ServerResponse, words: Words): void {
  const { status, title, sentence, looksAgain = false } = words;
  if (response.headersSent) return void response.destroy();
  const isPage = request.headers.accept?.includes('text/html') === true;
  const again = looksAgain ? '<meta http-equiv="refresh" content="2">' : '';
  const page =
    `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">${again}` +
    `<title>${escaped(title)}</title><style>${style}</style><h1>${escaped(title)}</h1><p>${escaped(sentence)}</p></html>\n`;
  const body = isPage ? page : `${sentence}\n`;
  response.writeHead(status, {
    ...always,
    ...(looksAgain ? { 'Retry-After': '2' } : {}),
    'Content-Type': `${isPage ? 'text/html' : 'text/plain'}; charset=utf-8`,
    'Content-Length': Buffer.byteLength(body),
    // What is still coming of a body is not waited for.
    ...(request.complete || request.method === 'GET' || request.method === 'HEAD'
      ? {}
      : { Connection: 'close' }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** The same for a connection that wanted to be a WebSocket. */
export function refuseUpgrade(socket: Duplex, code: ErrorCode): void {
  socket.end(rawRefusal(code));
}

/** A status line for an upgrade that the app itself has refused. */
export function statusLine(status: number): string {
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'Refused'}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}
