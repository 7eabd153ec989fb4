// Random HTTP requests as bytes, around the daemon's routes: right ones, nearly right ones, and those that servers disagree on.
// Pure. A request of one's own that is hidden in another's body asks for `/healthz`, the only answer of two letters.
import fc from 'fast-check';
import { authPaths, type Bodies, type Names } from './commands.ts';
import { type Framing, frame } from './framing.ts';
import { oddString, textOf } from './odd-values.ts';

export interface RawRequest {
  readonly door: 'public' | 'private';
  readonly head: string;
  readonly body: string;
  /** Whether what came before the body may not be cut into two requests by anyone. */
  readonly hides: boolean;
  readonly hasToken: boolean;
}

const methods = [
  'GET',
  'HEAD',
  'POST',
  'PUT',
  'PATCH',
  'DELETE',
  'OPTIONS',
  'TRACE',
  'CONNECT',
  'PROPFIND',
  'get',
  'G\0T',
  '',
];
const oddTargets = [
  ...[
    '*',
    '//',
    '//evil.example/healthz',
    '/../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/%',
    '/%ff',
    '/%c3%28',
    '/%00',
    '/a\0b',
  ],
  ...[
    'http://evil.example/healthz',
    'https://localhost/healthz',
    'healthz',
    '',
    '/healthz#x',
    '/?',
    '/\\..\\x',
    '/api//commands',
    '/API/COMMANDS',
  ],
  ...[
    '/.well-known/x',
    '/index.html/',
    '/assets/%2e%2e/porchlight.js',
    '/chunks/../porchlight.js',
    '/favicon.ico',
    `/${'a'.repeat(20_000)}`,
  ],
  ...[
    '/constructor',
    '/__proto__',
    '/index.html?%',
    '/api/commands;x=1',
    '/auth/../api/commands',
    '/\u00e9',
    '/api/logs/__proto__/events',
  ],
];

export function requests(
  names: Names & { token: string; port: number },
  bodies: Bodies,
): fc.Arbitrary<RawRequest> {
  const { token, port } = names;
  const id = fc.oneof(fc.constantFrom(...names.conversationIds), fc.uuid(), oddString.map(encodeLoosely));
  const upload = fc.oneof(fc.constant('0'.repeat(32)), oddString.map(encodeLoosely));
  const number = fc.oneof(
    fc.nat(9).map(String),
    fc.constantFrom('-1', '1e3', '99999999999999999999', 'x', ''),
  );
  const log = fc.oneof(fc.constant('lobby'), id);
  const query = fc.oneof(
    fc.constantFrom(
      '',
      '',
      '?after=0',
      '?after=5&snapshot=1',
      '?after=-1',
      '?after=1&after=2',
      '?after[x]=1',
      '?epoch=%',
      '?%=%',
      '?__proto__=1',
    ),
    oddString.map((text) => `?after=${encodeLoosely(text)}`),
  );
  const target = fc.oneof(
    { weight: 4, arbitrary: fc.constant('/api/commands') },
    { weight: 3, arbitrary: fc.tuple(log, query).map(([log, query]) => `/api/logs/${log}/events${query}`) },
    {
      weight: 2,
      arbitrary: fc.tuple(id, number).map(([id, number]) => `/api/conversations/${id}/pages/${number}`),
    },
    { weight: 2, arbitrary: fc.constantFrom(...authPaths) },
    { weight: 1, arbitrary: fc.constant('/api/uploads') },
    { weight: 2, arbitrary: fc.tuple(id, upload).map(([id, upload]) => `/api/uploads/${id}/${upload}`) },
    {
      weight: 2,
      arbitrary: fc.constantFrom(
        '/',
        '/index.html',
        '/healthz',
        '/pair',
        '/c/x',
        '/api/socket',
        '/manifest.webmanifest',
      ),
    },
    { weight: 2, arbitrary: fc.constantFrom(...oddTargets) },
    { weight: 1, arbitrary: oddString.map((text) => `/${text}`) },
  );
  const host = mostly(`localhost:${port}`, [
    '',
    'localhost',
    'evil.example',
    `LOCALHOST:${port}`,
    `localhost.:${port}`,
    `a@localhost:${port}`,
    `127.0.0.1:${port}`,
    `[::1]:${port}`,
    `0.0.0.0:${port}`,
    `2130706433:${port}`,
    `localhost:${port}, evil.example`,
    '\xff',
  ]);
  const lines: fc.Arbitrary<string[]> = fc.array(
    fc.oneof(
      fc.constantFrom(
        `Origin: https://localhost:${port}`,
        'Origin: null',
        'Origin: https://evil.example',
        `Origin: http://localhost:${port}`,
      ),
      fc.constantFrom(
        'Sec-Fetch-Site: same-origin',
        'Sec-Fetch-Site: cross-site',
        'Cookie: a=b',
        'Expect: 100-continue',
        'Expect: x',
      ),
      fc.constantFrom(
        'Accept: text/event-stream',
        'Accept: application/x-ndjson',
        'Accept: \xff',
        'Accept: */*;q=x',
        'Accept-Encoding: br;q=0, *',
      ),
      fc.constantFrom(
        'Range: bytes=0-1',
        'If-None-Match: *',
        'Upload-Offset: 0',
        'Upload-Offset: 99',
        'Upload-Offset: -1',
        'Content-Encoding: gzip',
      ),
      fc.constantFrom(
        'Connection: Upgrade\r\nUpgrade: websocket',
        'Connection: Upgrade\r\nUpgrade: h2c',
        'Upgrade: x',
        'HTTP2-Settings: x',
      ),
      fc.constantFrom(
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: x',
        'Sec-WebSocket-Protocol: ,',
        'Sec-WebSocket-Extensions: permessage-deflate',
      ),
      fc.constantFrom(
        ' folded',
        'No colon',
        ': no name',
        'A B: space',
        'X:\0',
        'X: a\nY: b',
        'X: a\rY: b',
        `Long: ${'x'.repeat(20_000)}`,
      ),
      fc.constantFrom(
        'Y: z\r\n'.repeat(300).trimEnd(),
        `Last-Event-ID: ${'0'.repeat(32)}.5`,
        'Last-Event-ID: x',
        'X-HTTP-Method-Override: DELETE',
      ),
      oddString.map((text) => `X-Odd: ${text}`),
    ),
    { maxLength: 4 },
  );
  const body = fc.oneof(
    { weight: 5, arbitrary: bodies.command.map(textOf) },
    { weight: 2, arbitrary: bodies.auth.map(textOf) },
    { weight: 1, arbitrary: bodies.upload.map(textOf) },
    { weight: 1, arbitrary: oddString },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '',
        '{',
        'null',
        '[]',
        '"x"',
        '\ufeff{}',
        'x'.repeat(2 ** 20 + 1),
        '\xff\xfe{',
      ),
    },
  );
  const bearer = mostly(`Bearer ${token}`, [
    '',
    'Bearer ',
    'Bearer plt_no',
    `bearer ${token.slice(0, 9)}`,
    'Basic eDp5',
    `Bearer ${'x'.repeat(600)}`,
    '\xff',
  ]);
  const type = mostly('application/json', [
    '',
    'text/plain',
    'application/json; charset=utf-16',
    'application/json;charset=x',
    'multipart/form-data',
    '\xff',
    'application/x-www-form-urlencoded',
  ]);
  const framing = mostly<Framing>('length', [
    'chunked',
    'none',
    'short',
    'long',
    'negative',
    'both',
    'two lengths',
    'te spelled',
    'bad chunk',
    'lf only',
  ]);
  return fc
    .record({
      ...{ target, host, lines, body, bearer, type, framing },
      method: fc.oneof(
        { weight: 5, arbitrary: fc.constantFrom('GET', 'POST', 'POST', 'PATCH', 'HEAD', 'DELETE') },
        { weight: 1, arbitrary: fc.constantFrom(...methods) },
      ),
      version: mostly('HTTP/1.1', ['HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', 'HTTP/1.1x', 'JUNK', '']),
      door: fc.constantFrom('public' as const, 'public' as const, 'public' as const, 'private' as const),
    })
    .map(({ door, method, target, version, host, bearer, type, lines, framing, body }) => {
      const own = [
        host && `Host: ${host}`,
        bearer && `Authorization: ${bearer}`,
        type && `Content-Type: ${type}`,
      ].filter(Boolean);
      const framed = frame(framing, body);
      const end = framing === 'lf only' ? '\n' : '\r\n';
      return {
        door,
        head: [`${method} ${target} ${version}`, ...own, ...framed.lines, ...lines, '', ''].join(end),
        body: framed.body,
        hides: framed.hides,
        hasToken: bearer === `Bearer ${token}`,
      };
    });
}

function mostly<T>(usual: T, odd: readonly T[]): fc.Arbitrary<T> {
  return fc.oneof(
    { weight: 24, arbitrary: fc.constant(usual) },
    { weight: 1, arbitrary: fc.constantFrom(...odd) },
  );
}

/** As a sloppy client would: what has a form in an address gets it, the rest stays as it is. */
function encodeLoosely(text: string): string {
  return /[\ud800-\udfff]/.test(text) ? text : encodeURIComponent(text);
}
