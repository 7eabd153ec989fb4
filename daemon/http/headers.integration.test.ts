// The protecting headers on every kind of answer: the page, its files, data of each form, downloads, refusals by express, by the door
// before it, and of upgrades. None says what software it is, lets another origin read, or asks for a password.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDaemonClient } from '../testing/daemon-client.ts';
import { startDaemonHere } from '../testing/daemon-here.ts';
import { enter } from '../testing/stranger.ts';
import { type Outside, standOutside } from '../testing/walls/outside.ts';
import { routes } from '../testing/walls/doors.ts';

let outside: Outside;

beforeAll(async () => {
  outside = await standOutside();
});

afterAll(() => outside.daemon.close());

type Heads = Readonly<Record<string, string | string[] | undefined>>;

const always = {
  'x-content-type-options': 'nosniff',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
};
const never = [
  ...['x-powered-by', 'server', 'strict-transport-security', 'www-authenticate', 'set-cookie', 'etag'],
  ...[
    'access-control-allow-origin',
    'access-control-allow-credentials',
    'access-control-allow-private-network',
  ],
];
/** What a page may load, only where there is a page or something that could be taken for one. */
const policy =
  "default-src 'none';script-src 'self';style-src 'self';img-src 'self' blob: data:;font-src 'self';connect-src 'self';" +
  "manifest-src 'self';worker-src 'self';frame-src 'self';frame-ancestors 'none';base-uri 'none';form-action 'none';object-src 'none';" +
  "require-trusted-types-for 'script'";

/** What is missing, or there and should not be. */
function amiss(name: string, headers: Heads): string[] {
  const csp = String(headers['content-security-policy']);
  const missing = Object.entries(always).filter(([header, value]) => headers[header] !== value);
  return [
    ...missing.map(([header]) => `${name}: ${header} is ${headers[header]}`),
    ...never.filter((header) => header in headers).map((header) => `${name}: has ${header}`),
    ...(csp === policy || /^default-src 'none'; frame-ancestors 'none'(; sandbox)?$/.test(csp)
      ? []
      : [`${name}: ${csp}`]),
  ];
}

const notStored = (name: string, headers: Heads) =>
  headers['cache-control'] === 'no-store' ? [] : [`${name}: Cache-Control is ${headers['cache-control']}`];

test('every route carries them, let in or not, and so does whatever is none', async () => {
  const { ask, good, names, bad } = outside;
  const wrong: string[] = [];
  for (const [name, { target, body }] of Object.entries(routes)) {
    const [method = ''] = name.split(' ');
    for (const credential of [good, ...bad.filter((one) => one.name === 'wrong')]) {
      const { status, headers } = await ask(method, target(names), credential, body?.(names));
      wrong.push(...amiss(`${name} ${status}`, headers), ...notStored(`${name} ${status}`, headers));
    }
  }
  for (const [method, target] of [
    ...[
      ['GET', '/api/nothing'],
      ['GET', '/auth/nothing'],
      ['GET', '/trust/nothing.js'],
      ['GET', '/nothing.js'],
    ],
    ...[
      ['PUT', '/'],
      ['OPTIONS', '/api/commands'],
      ['TRACE', '/'],
    ],
  ] as const) {
    const { status, headers } = await ask(method, target, good);
    wrong.push(
      ...amiss(`${method} ${target} ${status}`, headers),
      ...notStored(`${method} ${target}`, headers),
    );
  }
  expect(wrong).toEqual([]);
});

test('the page and its files carry them; only files with a name of their content are kept', async () => {
  const { ask } = outside;
  const page = await ask('GET', '/', { headers: {} });
  const [script = ''] = /\/app-\w+\.js/.exec(page.body) ?? [];
  const kept = await ask('GET', script, { headers: {} });
  expect([page.status, kept.status]).toEqual([200, 200]);
  expect([...amiss('page', page.headers), ...amiss('script', kept.headers)]).toEqual([]);
  expect([page.headers['content-security-policy'], page.headers['cache-control']]).toEqual([
    policy,
    'no-cache',
  ]);
  expect(kept.headers['cache-control']).toBe('public, max-age=31536000, immutable');
});

test('what a phone needs to trust the computer carries them, where there is an authority to trust', async () => {
  const daemon = await startDaemonHere({});
  try {
    await daemon.owner.run('certificate.use', { level: 'trusted' });
    // It has not been told to trust it.
    const phone = createDaemonClient({
      ...{ url: daemon.client.url, home: daemon.home, token: '' },
      trustsBlindly: true,
    });
    const targets = [
      '/trust',
      ...Object.keys(routes).flatMap((name) => /^GET (\/trust\/.*)/.exec(name)?.[1] ?? []),
    ];
    const found = await Promise.all(
      targets.map(async (target) => {
        const { status, headers } = await phone.fetch(target);
        return [target, status, headers['cache-control'], ...amiss(target, headers)];
      }),
    );
    expect(found).toEqual([
      ['/trust', 200, 'no-cache'],
      ['/trust/porchlight.mobileconfig', 200, 'no-store'],
      ['/trust/porchlight-ca.crt', 200, 'no-store'],
      ['/trust/check.js', 200, 'no-store'],
    ]);
  } finally {
    await daemon.close();
  }
});

/** The head of the answer to a request written by hand. */
async function answerTo(...lines: string[]): Promise<{ status: string; headers: Heads }> {
  const stranger = await enter(outside.daemon);
  stranger.socket.write([...lines, '', ''].join('\r\n'));
  const [first = '', ...rest] = (await stranger.hears(/\r\n\r\n/)).split('\r\n\r\n')[0]?.split('\r\n') ?? [];
  stranger.socket.destroy();
  const headers = Object.fromEntries(
    rest.map((line) => {
      const [name = '', ...value] = line.split(': ');
      return [name.toLowerCase(), value.join(': ')];
    }),
  );
  return { status: first.split(' ')[1] ?? '', headers };
}

test('streams, refusals of each kind and refused upgrades carry them', async () => {
  const { daemon } = outside;
  const host = `Host: localhost:${daemon.port}`;
  const bearer = `Authorization: Bearer ${daemon.client.token}`;
  const json = ['Content-Type: application/json', 'Content-Length: 2'];
  const upgrade = [
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
  ];
  const log = 'GET /api/logs/lobby/events HTTP/1.1';
  const asked: Record<string, string[]> = {
    '200 SSE': [log, host, bearer, 'Accept: text/event-stream'],
    '200 NDJSON': [log, host, bearer, 'Accept: application/x-ndjson'],
    '421 name': [log, 'Host: evil.example', bearer],
    '403 origin': ['POST /api/commands HTTP/1.1', host, bearer, 'Origin: null', ...json, '', '{}'],
    '400 body': ['POST /api/commands HTTP/1.1', host, bearer, ...json, '', '{]'],
    '413 announced': ['POST /auth/pair HTTP/1.1', host, 'Content-Length: 99999999'],
    '400 no HTTP': ['nonsense'],
    '431 head': ['GET / HTTP/1.1', host, `Cookie: ${'x'.repeat(20_000)}`],
    '403 upgrade': ['GET /api/socket HTTP/1.1', host, 'Origin: https://evil.example', ...upgrade],
    '421 upgrade': ['GET /api/socket HTTP/1.1', 'Host: evil.example', ...upgrade],
    '404 upgrade': ['GET /api/elsewhere HTTP/1.1', host, ...upgrade],
  };
  const wrong: string[] = [];
  for (const [name, lines] of Object.entries(asked)) {
    const { status, headers } = await answerTo(...lines);
    if (!name.startsWith(status)) wrong.push(`${name}: ${status}`);
    wrong.push(...amiss(name, headers), ...notStored(name, headers));
  }
  expect(wrong).toEqual([]);
});
