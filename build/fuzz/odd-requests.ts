// The parts of a request that servers trip over: methods, addresses, names of hosts, header lines, bodies. Only lists.
const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => line.trim());

export const oddMethods: readonly string[] = [
  ...'GET HEAD POST PUT PATCH DELETE OPTIONS TRACE CONNECT PROPFIND QUERY get'.split(' '),
  ...['G\0T', ''],
];

export const oddTargets: readonly string[] = [
  ...lines(`
    *
    //
    //evil.example/healthz
    /../../etc/passwd
    /%2e%2e/%2e%2e/etc/passwd
    /%
    /%ff
    /%c3%28
    /%00
    http://evil.example/healthz
    https://localhost/healthz
    healthz
    /healthz#x
    /?
    /index.html?%
    /index.html/
    /\\..\\x
    /api//commands
    /API/COMMANDS
    /api/commands;x=1
    /auth/../api/commands
    /.well-known/x
    /assets/%2e%2e/porchlight.js
    /chunks/../porchlight.js
    /constructor
    /__proto__
    /api/logs/__proto__/events
  `),
  ...['', '/a\0b', '/\u00e9', `/${'a'.repeat(20_000)}`],
];

export const pages: readonly string[] = lines(`
  /
  /index.html
  /healthz
  /pair
  /trust
  /trust/check.js
  /trust/porchlight-ca.crt
  /trust/porchlight.mobileconfig
  /c/x
  /api/socket
  /manifest.webmanifest
  /favicon.ico
`);

export const queries: readonly string[] = [
  ...[
    '',
    '',
    '',
    '?after=0',
    '?after=5&snapshot=1',
    '?after=-1',
    '?after=1&after=2',
    '?after[x]=1',
    '?epoch=%',
  ],
  ...['?%=%', '?__proto__=1', '?after=999999999999999'],
];

export const oddHosts = (port: number): readonly string[] => [
  ...[
    '',
    'localhost',
    'evil.example',
    `LOCALHOST:${port}`,
    `localhost.:${port}`,
    `a@localhost:${port}`,
    '\xff',
  ],
  ...[
    `127.0.0.1:${port}`,
    `[::1]:${port}`,
    `0.0.0.0:${port}`,
    `2130706433:${port}`,
    `localhost:${port}, evil.example`,
  ],
];

/** A request with one of these is still a good one, to most routes. */
export const fineLines = (port: number): readonly string[] => [
  `Origin: https://localhost:${port}`,
  `Last-Event-ID: ${'0'.repeat(32)}.5`,
  'Y: z\r\n'.repeat(50).trimEnd(),
  ...lines(`
    Sec-Fetch-Site: same-origin
    Cookie: a=b
    Expect: 100-continue
    Accept: text/event-stream
    Accept: application/x-ndjson
    Accept: */*;q=x
    Accept-Encoding: br;q=0, *
    Accept-Encoding: gzip
    Range: bytes=0-1
    If-None-Match: *
    Last-Event-ID: x
    X-HTTP-Method-Override: DELETE
    HTTP2-Settings: x
    Sec-WebSocket-Version: 13
    Sec-WebSocket-Key: x
    Upload-Offset: 0
    Upload-Offset: 7
  `),
];

export const oddLines = (port: number): readonly string[] => [
  ...[
    'Accept: \xff',
    ' folded',
    'X:\0',
    'X: a\nY: b',
    'X: a\rY: b',
    'Connection: Upgrade\r\nUpgrade: websocket',
  ],
  ...[
    'Connection: Upgrade\r\nUpgrade: h2c',
    `Long: ${'x'.repeat(20_000)}`,
    'Y: z\r\n'.repeat(3000).trimEnd(),
  ],
  `Origin: http://localhost:${port}`,
  ...lines(`
    Origin: null
    Origin: https://evil.example
    Sec-Fetch-Site: cross-site
    Expect: x
    Upload-Offset: -1
    Upload-Offset: 999999999999999
    Content-Encoding: gzip
    Upgrade: x
    Sec-WebSocket-Protocol: ,
    Sec-WebSocket-Extensions: permessage-deflate
    No colon
    : no name
    A B: space
  `),
];

export const oddBodies: readonly string[] = [
  ...['', '{', 'null', '[]', '"x"', '\ufeff{}', '\xff\xfe{', '{"type":"conversation.list"}}'],
  'x'.repeat(2 ** 20 + 1),
];

export const oddBearers = (token: string): readonly string[] => [
  ...[
    '',
    'Bearer ',
    'Bearer plt_no',
    `bearer ${token.slice(0, 9)}`,
    'Basic eDp5',
    `Bearer ${'x'.repeat(600)}`,
  ],
  '\xff',
];

export const oddTypes: readonly string[] = [
  ...['', 'text/plain', 'application/json; charset=utf-16', 'application/json;charset=x', '\xff'],
  ...['multipart/form-data', 'application/x-www-form-urlencoded', 'application/octet-stream'],
];

export const oddVersions: readonly string[] = ['HTTP/1.0', 'HTTP/2.0', 'HTTP/0.9', 'HTTP/1.1x', 'JUNK', ''];
