// What a connection may do that has not signed in, and that it cannot take anything from those that have. Many addresses of
// this computer are used, which only Linux has.
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { type DaemonHere, startDaemonHere } from '../testing/daemon-here.ts';
import { enter, knock, type Stranger } from '../testing/stranger.ts';
import { until } from '../testing/until.ts';
import { systemClock } from '../system/clock.ts';
import type { DoorLimits } from './server.ts';
import { createStrangers, strangerLimits } from './strangers.ts';

let daemon: DaemonHere;

async function start(limits: Partial<DoorLimits> = {}): Promise<{ port: number }> {
  daemon = await startDaemonHere(limits);
  // Over a connection that is kept, so that asking again is no newcomer.
  await isServed();
  return { port: daemon.port };
}

afterEach(() => daemon.close());

/** Served like anybody who is signed in; and whoever came before is known to the daemon by then. */
async function isServed(): Promise<void> {
  expect((await daemon.client.fetch('/api/logs/lobby/events')).status).toBe(200);
}

const openOf = (all: readonly Stranger[]) => all.filter(({ isClosed }) => !isClosed).length;

async function many<T>(count: number, make: (n: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  for (let n = 0; n < count; n++) made.push(await make(n));
  return made;
}

const head = (lines: readonly string[], path = '/healthz', method = 'GET') =>
  [`${method} ${path} HTTP/1.1`, `Host: localhost:${daemon.port}`, ...lines, '', ''].join('\r\n');

test('of one address 32 may stay: the others go after their moment, those first that came first', async () => {
  const door = await start();
  const all = await many(40, () => knock(door));
  await isServed();
  expect(openOf(all)).toBe(40);
  daemon.pass(1000);
  await Promise.all(all.slice(0, 8).map(({ closed }) => closed));
  await isServed();
  expect(openOf(all)).toBe(32);
});

test('three times as many at once, and the newcomer takes the place of the first', async () => {
  const door = await start({ socketsPerAddress: 4 });
  const all = await many(13, () => knock(door));
  await all[0]?.closed;
  await isServed();
  expect(openOf(all)).toBe(12);
});

test('of all addresses 256 may stay, and the address with most of them makes room', async () => {
  const door = await start({ sockets: 40 });
  const single = await many(8, (n) => knock({ ...door, from: `127.0.1.${n + 1}` }));
  const crowd = await many(60, () => knock({ ...door, from: '127.0.2.1' }));
  await Promise.all(crowd.slice(0, 28).map(({ closed }) => closed));
  await isServed();
  expect([openOf(single), openOf(crowd)]).toEqual([8, 32]);
});

test('whoever has to go behind its handshake is told when to try again', async () => {
  const door = await start({ socketsPerAddress: 1 });
  const first = await enter(door);
  await many(3, () => enter(door));
  const words = await first.closed;
  expect(words).toMatch(/^HTTP\/1\.1 503 .*\r\nRetry-After: 1\r\nConnection: close\r\n/);
  expect(JSON.parse(words.split('\r\n\r\n')[1] ?? '').error.code).toBe('crowded');
});

test('who signs in is not counted, however many they are behind one address', async () => {
  const door = await start({ socketsPerAddress: 2, burst: 10 });
  const { token, ca } = daemon.client;
  const sockets = await many(20, async () => {
    const socket = new WebSocket(`wss://localhost:${door.port}/api/socket`, { ca });
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'auth', token }));
    await once(socket, 'message');
    return socket;
  });
  const kept = await many(20, async () => {
    const stranger = await enter(door);
    stranger.socket.write(
      head([`Authorization: Bearer ${token}`, 'Accept: text/event-stream'], '/api/logs/lobby/events'),
    );
    await stranger.hears(/event: live/);
    return stranger;
  });
  await many(10, () => knock(door));
  daemon.pass(1000);
  await isServed();
  expect(sockets.filter(({ readyState }) => readyState === WebSocket.OPEN)).toHaveLength(20);
  expect(openOf(kept)).toBe(20);
  for (const socket of sockets) socket.terminate();
});

test('a connection whose token is no longer good counts again', async () => {
  const door = await start({ socketsPerAddress: 2 });
  const first = await enter(door);
  const ask = (token: string) =>
    first.socket.write(head([`Authorization: Bearer ${token}`], '/api/logs/lobby/events'));
  ask(daemon.client.token);
  await first.hears(/200 OK/);
  ask('plt_ended');
  await first.hears(/401 Unauthorized/);
  await many(6, () => knock(door));
  expect(await first.closed).toContain('"crowded"');
});

test('a WebSocket without its auth frame has to go like any other, and its code says so', async () => {
  const door = await start({ socketsPerAddress: 1 });
  const socket = new WebSocket(`wss://localhost:${door.port}/api/socket`, { ca: daemon.client.ca });
  const closed = once(socket, 'close');
  await once(socket, 'open');
  await many(3, () => knock(door));
  expect((await closed)[0]).toBe(4429);
});

test('more than a megabyte from a stranger is refused by its length, and cut off where it has none', async () => {
  const door = await start({ bytes: 100_000 });
  const honest = await enter(door);
  honest.socket.write(head(['Content-Length: 100001'], '/auth/challenge', 'POST'));
  expect(await honest.hears(/"too_large"/)).toMatch(/^HTTP\/1\.1 413 /);
  const sly = await enter(door);
  sly.socket.write(head(['Transfer-Encoding: chunked'], '/api/commands', 'POST'));
  sly.socket.write(`${(120_000).toString(16)}\r\n${'x'.repeat(120_000)}\r\n`);
  await sly.hears(/401 Unauthorized/);
  await until('it has arrived', () => {
    daemon.pass(250);
    return sly.isClosed;
  });
  expect(sly.heard).toMatch(/HTTP\/1\.1 413 .*"too_large"/s);
});

test('a body that does not come is not waited for', async () => {
  const door = await start();
  const slow = await enter(door);
  slow.socket.write(
    `${head(['Content-Length: 100', 'Content-Type: application/json'], '/auth/challenge', 'POST')}{`,
  );
  await until('it has arrived', () => {
    daemon.pass(10_000);
    return slow.isClosed;
  });
  expect(slow.heard).toMatch(/^HTTP\/1\.1 408 .*\r\nRetry-After: 1\r\n/);
});

test('answers that nobody takes are not kept', async () => {
  const door = await start({ burst: 5000, asksAtOnce: 5000 });
  const { body } = await daemon.client.fetch('/');
  const script = /src="([^"]+\.js)"/.exec(body)?.[1] ?? '';
  const deaf = await enter(door);
  deaf.socket.removeAllListeners('data').pause();
  deaf.socket.write(head(['Accept-Encoding: identity'], script).repeat(300));
  await isServed();
  daemon.pass(59_000);
  await isServed();
  expect(deaf.isClosed).toBe(false);
  daemon.pass(1250);
  deaf.socket.resume();
  await deaf.closed;
});

test('a handshake that does not begin, and a request whose head does not end, are not waited for', async () => {
  const door = await start({ handshakeMs: 200, headersMs: 200, checkMs: 20 });
  const silent = await knock(door);
  const secured = await enter(door);
  const halfway = await enter(door);
  halfway.socket.write('GET /healthz HTTP/1.1\r\nHost: loc');
  expect(await silent.closed).toBe('');
  expect(await secured.closed).toMatch(/^HTTP\/1\.1 408 /);
  expect(await halfway.closed).toMatch(/^HTTP\/1\.1 408 /);
});

test('a head of more than 16 KiB is refused', async () => {
  const door = await start();
  const wordy = await enter(door);
  wordy.socket.write(head([`X: ${'x'.repeat(17_000)}`]));
  expect(await wordy.closed).toMatch(/^HTTP\/1\.1 431 /);
});

test('an address that asks too much without a token is told to wait, and only that one', async () => {
  const door = await start({ burst: 5, perSecond: 1 });
  const ask = async (from: string) => {
    const stranger = await enter({ ...door, from });
    stranger.socket.write(head(['Connection: close']));
    return stranger.closed;
  };
  const statuses = await many(6, async () => (await ask('127.0.3.1')).slice(9, 12));
  expect(statuses).toEqual(['200', '200', '200', '200', '200', '429']);
  expect(await ask('127.0.3.1')).toContain('\r\nRetry-After: 60\r\n');
  expect(await ask('127.0.3.2')).toMatch(/^HTTP\/1\.1 200 /);
  daemon.pass(1000);
  expect(await ask('127.0.3.1')).toMatch(/^HTTP\/1\.1 200 /);
});

test('requests in a row without waiting for an answer end the connection, and cost nothing more', async () => {
  const door = await start({ burst: 10, perSecond: 0 });
  const eager = await enter(door);
  eager.socket.write(head([]).repeat(500));
  await eager.closed;
  const next = await enter(door);
  next.socket.write(head(['Connection: close']));
  expect(await next.closed).toMatch(/^HTTP\/1\.1 200 /);
});

test('nobody is left in the count who is gone', async () => {
  const door = await start({ sockets: 3, socketsPerAddress: 3 });
  for (let n = 0; n < 10; n++) {
    const bare = await knock(door);
    bare.socket.destroy();
    const secure = await enter(door);
    secure.socket.write(head(['Connection: close']));
    expect(await secure.closed).toContain('\r\n\r\nok');
    const broken = await knock(door);
    broken.socket.write('not TLS\r\n\r\n');
    await broken.closed;
  }
  const waiting = await many(3, () => enter(door));
  await isServed();
  expect(openOf(waiting)).toBe(3);
});

test('a connection is forgotten when it is closed', async () => {
  await start();
  const strangers = createStrangers(strangerLimits, systemClock, () => undefined);
  const server = createServer(strangers.meet).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const all = await many(5, () => knock({ port }));
  await until('all are known', () => strangers.count === 5);
  for (const { socket } of all) socket.destroy();
  await until('all are forgotten', () => strangers.count === 0);
  server.close();
});
