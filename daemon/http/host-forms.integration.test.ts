// Every way to write a host that is not one of the computer's own, or not quite, at every kind of door behind TLS: a page, an
// answer, a change, a stream, a sign-in, a WebSocket. A rebound name must find all of them closed.
import { hostname } from 'node:os';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DaemonHere, startDaemonHere } from '../testing/daemon-here.ts';
import { enter } from '../testing/stranger.ts';

let daemon: DaemonHere;

beforeAll(async () => {
  daemon = await startDaemonHere({});
});

afterAll(() => daemon.close());

/** `P` is the daemon's port. What comes behind a line break is a header line of its own. */
const foreign: readonly string[] = `
  evil.example          evil.example:P        evil.example:443      localhost.evil.example:P
  localhost             127.0.0.1             [::1]                 localhost:443
  localhost:1           localhost:0P          localhost:            localhost:P:P
  localhost:+P          localhost:P.          localhost.:P          127.0.0.1.:P
  evil.localhost:P      .localhost:P          localhost..:P         127.0.0.1.nip.io:P
  evil@localhost:P      a:b@localhost:P       localhost:P@evil      evil.example#localhost:P
  0.0.0.0:P             0:P                   [::]:P                127.0.0.2:P
  127.1:P               127.0.1:P             2130706433:P          0x7f000001:P
  0x7f.0.0.1:P          017700000001:P        127.000.000.001:P     0177.0.0.1:P
  ::1:P                 [0:0:0:0:0:0:0:1]:P   [::ffff:127.0.0.1]:P  [::1%25lo]:P
  https://localhost:P   localhost:P/          localhost:P?          localhost%3aP
  localhost%00:P        loc\xe1lhost:P        xn--localhost:P       *
`
  .trim()
  .split(/\s+/);

const odd: readonly string[] = [
  '',
  'localhost:P, evil.example',
  'evil.example, localhost:P',
  'localhost:P evil.example',
  'localhost\t:P',
  'localhost:P\r\nHost: evil.example',
  'evil.example\r\nHost: localhost:P',
  'localhost:P\r\nHost: localhost:P',
  'evil.example\r\nX-Forwarded-Host: localhost:P',
  'evil.example\r\nForwarded: host=localhost:P',
];

/** The statuses of all doors, in this order; the WebSocket is the last. */
async function statusesFor(host: string, place = ''): Promise<string[]> {
  const socket = ['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'];
  const body = ['Content-Type: application/json', 'Content-Length: 2', '', '{}'];
  const doors: [string, string[]][] = [
    ['GET /', ['', '']],
    ['GET /healthz', ['', '']],
    ['GET /api/logs/lobby/events', ['', '']],
    ['GET /api/logs/lobby/events', ['Accept: text/event-stream', '', '']],
    ['POST /api/commands', body],
    ['POST /auth/challenge', body],
    ['GET /api/socket', [...socket, 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==', '', '']],
  ];
  const stranger = await enter(daemon);
  for (const [nth, [door, lines]] of doors.entries()) {
    await stranger.hears(new RegExp(`^(?:[\\s\\S]*?HTTP/1\\.1 \\d{3} ){${nth}}`));
    const first = `${door.replace(' /', ` ${place}/`)} HTTP/1.1`;
    const own = [`Host: ${host}`, `Authorization: Bearer ${daemon.client.token}`];
    const text = [first, ...own, ...lines].join('\r\n').replaceAll(/\bP\b/g, String(daemon.port));
    stranger.socket.write(text.replaceAll('0P', `0${daemon.port}`), 'latin1');
  }
  const heard = await stranger.closed;
  return [...heard.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => status ?? '');
}

test.each([...foreign, ...odd])(
  'a host of %j is misdirected at every door, whatever the credential',
  async (host) => {
    expect(await statusesFor(host)).toEqual(['421', '421', '421', '421', '421', '421', '421']);
  },
);

test.each(['https://evil.example', 'https://localhost:P', 'http://localhost:P'])(
  'a request line that names a host of its own (%s) is misdirected too',
  async (place) => {
    expect(await statusesFor('localhost:P', place)).toEqual([
      '421',
      '421',
      '421',
      '421',
      '421',
      '421',
      '421',
    ]);
  },
);

test.each(['localhost', 'LocalHost', '127.0.0.1', '[::1]', `${hostname().replace(/\.local$/, '')}.local`])(
  'the computer’s own %s is let in',
  async (name) => {
    const { status, body } = await daemon.client.fetch('/healthz', {
      headers: { host: `${name}:${daemon.port}` },
    });
    expect([status, body]).toEqual([200, 'ok']);
  },
);
