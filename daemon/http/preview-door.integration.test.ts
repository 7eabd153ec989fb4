// A preview's door against a hostile app and hostile visitors: who gets in, what passes, and what ends with whom.
import { readFileSync, symlinkSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createDaemonClient } from '../testing/daemon-client.ts';
import {
  askOnce,
  makeProject,
  nodeProject,
  startPreview,
  type Visitor,
  visit,
} from '../testing/previews/preview-here.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';

let daemon: TestDaemon;
let app: { previewId: string; port: number; appPort: number };

beforeAll(async () => {
  daemon = await startTestDaemon();
  const script = readFileSync(new URL('../testing/previews/hostile-app.cjs', import.meta.url), 'utf8');
  const { previewId, port, appPort } = await startPreview(
    daemon,
    makeProject(daemon, 'hostile', nodeProject(script)),
  );
  app = { previewId, port, appPort: appPort ?? 0 };
});

afterAll(() => daemon.close());

const guest = async (scopes: ('read' | 'use')[]) => {
  const { token, deviceId } = await daemon.owner.run('token.create', { name: scopes.join(), scopes });
  return { deviceId, client: createDaemonClient({ url: daemon.url, home: daemon.home, token }) };
};

function openSocket(
  { origin, cookie }: Visitor,
  headers: Record<string, string> = {},
  protocols: string[] = [],
): Promise<{
  status: number;
  socket: WebSocket;
  first: string;
  cookies: string[];
}> {
  const ca = daemon.client.ca;
  const socket = new WebSocket(origin.replace('https', 'wss'), protocols, {
    ca,
    headers: { cookie, origin, ...headers },
  });
  return new Promise((resolve, reject) => {
    let cookies: string[] = [];
    socket.once('upgrade', (response) => {
      cookies = response.headers['set-cookie'] ?? [];
    });
    socket.once('message', (data) => resolve({ status: 101, socket, first: data.toString(), cookies }));
    socket.once('unexpected-response', (_request, response) => {
      resolve({ status: response.statusCode ?? 0, socket, first: '', cookies });
      socket.terminate();
    });
    socket.on('error', reject);
  });
}

test('a ticket lets in once, for this preview and this port only, and leaves no trace in the address', async () => {
  const visitor = await visit(daemon, app.previewId);
  const { status, headers } = visitor.entry;
  expect([status, headers.location]).toEqual([303, `https://localhost:${app.port}/`]);
  expect(headers['set-cookie']?.[0]).toMatch(
    new RegExp(`^__Host-plt-preview-${app.port}=[\\w-]{43}; Path=/; Secure; HttpOnly; SameSite=Strict$`),
  );
  const { path } = await daemon.client.command('preview.open', { previewId: app.previewId });
  const first = await askOnce(daemon.client.ca, `${visitor.origin}${path}`, {});
  const second = await askOnce(daemon.client.ca, `${visitor.origin}${path}`, {});
  expect([first.headers['set-cookie']?.length, second.headers['set-cookie']]).toEqual([1, undefined]);
  expect((await visitor.ask('/echo')).status).toBe(200);
});

test('the first visit of a device makes its browser forget what lies there, later ones do not', async () => {
  const { client } = await guest(['read']);
  const first = await visit(daemon, app.previewId, { by: client });
  const second = await visit(daemon, app.previewId, { by: client });
  expect([first.entry.headers['clear-site-data'], second.entry.headers['clear-site-data']]).toEqual([
    '"storage", "cache"',
    undefined,
  ]);
});

test('without a session nothing of the app is seen, by whatever else one brings', async () => {
  const { ca, token } = daemon.client;
  const origin = `https://localhost:${app.port}`;
  for (const headers of [
    {},
    { authorization: `Bearer ${token}` },
    { cookie: `__Host-plt-preview-${app.port}=${'A'.repeat(43)}` },
    { cookie: `__Host-plt-preview-${app.port}=` },
  ]) {
    const { status, body } = await askOnce(ca, `${origin}/echo`, { headers });
    expect([status, body]).toEqual([401, 'This preview opens from Porchlight only. Open it there again.\n']);
    expect((await openSocket({ origin, cookie: '' } as Visitor, headers)).status).toBe(401);
  }
  expect((await askOnce(ca, `${origin}/?__plt_ticket=guess`, {})).headers['set-cookie']).toBeUndefined();
});

test('names that are not the computer’s, and pages from elsewhere, get nothing', async () => {
  const visitor = await visit(daemon, app.previewId);
  const other = `https://localhost:${app.port + 1}`;
  const statusOf = async (headers: Record<string, string>, method = 'GET') =>
    (await visitor.ask('/echo', { headers, method })).status;
  expect([
    await statusOf({ host: `evil.example:${app.port}` }),
    await statusOf({ host: `localhost:${app.appPort}` }),
    await statusOf({ host: 'localhost' }),
    await statusOf({ origin: other }, 'POST'),
    await statusOf({ origin: 'null' }, 'POST'),
    await statusOf({ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' }),
    await statusOf({ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'navigate' }),
    (await visitor.ask('/@fs/etc/passwd')).status,
    (await visitor.ask('/__open-in-editor?file=x')).status,
  ]).toEqual([421, 421, 421, 403, 403, 403, 200, 403, 403]);
  expect((await openSocket(visitor, { origin: other })).status).toBe(403);
});

test('the app sees a browser at this computer, and nothing of Porchlight’s', async () => {
  const visitor = await visit(daemon, app.previewId);
  const { body } = await visitor.ask('/echo?x=1', {
    method: 'POST',
    body: 'hello',
    headers: {
      origin: visitor.origin,
      cookie: `a=1; ${visitor.cookie}; plt=2`,
      'x-forwarded-for': '1.2.3.4',
      authorization: `Bearer ${daemon.client.token}`,
    },
  });
  const { raw, ...told } = JSON.parse(body);
  expect(told).toEqual({ method: 'POST', url: '/echo?x=1', bytes: 5 });
  const inside = `localhost:${app.appPort}`;
  expect(raw).toEqual([
    ...['Host', inside, 'cookie', 'a=1', 'origin', `http://${inside}`],
    ...['Content-Length', '5', 'Connection', 'close'],
  ]);
});

test('a hostile answer loses all that reaches beyond the preview', async () => {
  const visitor = await visit(daemon, app.previewId);
  const { headers, body } = await visitor.ask('/hostile');
  const { date: _, 'keep-alive': __, connection: ___, 'transfer-encoding': ____, ...rest } = headers;
  expect(body).toBe('<p>hostile');
  expect(rest).toEqual({
    'content-type': 'text/html',
    'set-cookie': ['app=ok; Path=/', 'wide=1'],
    'access-control-allow-origin': visitor.origin,
    'referrer-policy': 'same-origin',
    'origin-agent-cluster': '?1',
    'content-security-policy': `frame-ancestors 'self' ${daemon.url.replace('127.0.0.1', 'localhost')}`,
  });
  expect((await visitor.ask('/away')).headers.location).toBe(`${visitor.origin}/echo`);
});

test('bodies, ranges and events stream, and one that breaks off is broken off', async () => {
  const visitor = await visit(daemon, app.previewId);
  const sent = await visitor.ask('/echo', {
    method: 'PUT',
    body: Buffer.alloc(20 * 2 ** 20),
    headers: { origin: visitor.origin },
  });
  expect(JSON.parse(sent.body).bytes).toBe(20 * 2 ** 20);
  const part = await visitor.ask('/large', { headers: { range: `bytes=${50 * 2 ** 20 - 10}-` } });
  expect([part.status, part.body]).toEqual([206, 'xxxxxxxxxx']);
  expect((await visitor.ask('/large')).body.length).toBe(50 * 2 ** 20);
  await expect(visitor.ask('/broken')).rejects.toThrow();
  const first = await new Promise<string>((resolve, reject) => {
    const { ca } = daemon.client;
    const call = request(
      `${visitor.origin}/events`,
      { ca, headers: { cookie: visitor.cookie } },
      (response) => {
        response.once('data', (chunk: Buffer) => {
          resolve(chunk.toString());
          response.destroy();
        });
      },
    );
    call.once('error', reject).end();
  });
  expect(first).toBe('data: first\n\n');
});

test('WebSockets pass both ways, with their protocol, without our cookies', async () => {
  const visitor = await visit(daemon, app.previewId);
  const { socket, first, cookies } = await openSocket(visitor, {}, ['vite-hmr']);
  expect([socket.protocol, cookies]).toEqual(['vite-hmr', ['ws=ok']]);
  expect(first).not.toContain('plt');
  expect(JSON.parse(first).slice(0, 2)).toEqual(['Host', `localhost:${app.appPort}`]);
  expect(JSON.parse(first)).toContain(`http://localhost:${app.appPort}`);
  const echoed = new Promise((resolve) => socket.once('message', (data) => resolve(data.toString())));
  socket.send('x'.repeat(1000));
  expect(await echoed).toBe('x'.repeat(1000));
  socket.close();
});

test('whoever may only look sends nothing', async () => {
  const { client } = await guest(['read']);
  const visitor = await visit(daemon, app.previewId, { by: client });
  const statuses = [];
  for (const method of ['GET', 'POST', 'DELETE'])
    statuses.push((await visitor.ask('/echo', { method, headers: { origin: visitor.origin } })).status);
  expect(statuses).toEqual([200, 403, 403]);
});

test('with the device ends all that it has open, and its session', async () => {
  const { client, deviceId } = await guest(['read', 'use']);
  const visitor = await visit(daemon, app.previewId, { by: client });
  const { socket } = await openSocket(visitor);
  const closed = new Promise<number>((resolve) => socket.once('close', resolve));
  const { path } = await client.command('preview.open', { previewId: app.previewId });
  await daemon.owner.run('device.revoke', { deviceId });
  expect(await closed).toBe(1006);
  expect((await visitor.ask('/echo')).status).toBe(401);
  expect(
    (await askOnce(daemon.client.ca, `${visitor.origin}${path}`, {})).headers['set-cookie'],
  ).toBeUndefined();
});

test('a session is for one preview: with another it opens nothing', async () => {
  const folder = makeProject(daemon, 'pages', {
    'index.html': '<p>home',
    '.env': 'SECRET',
    'a/b.txt': '0123456789',
    'c.html': 'c',
  });
  symlinkSync('/etc', join(folder, 'etc'));
  const { previewId, port, kind } = await startPreview(daemon, folder);
  expect([kind, port === app.port]).toEqual(['static', false]);
  await visit(daemon, previewId);
  const visitor = await visit(daemon, app.previewId);
  const secret = visitor.cookie.split('=')[1];
  const { status } = await askOnce(daemon.client.ca, `https://localhost:${port}/`, {
    headers: { cookie: `__Host-plt-preview-${port}=${secret}` },
  });
  expect(status).toBe(401);
});

test('a folder of pages is served as it is, but nothing hidden and nothing outside', async () => {
  const folder = makeProject(daemon, 'pages', {});
  const { previewId } = await startPreview(daemon, folder);
  const visitor = await visit(daemon, previewId);
  const page = { headers: { accept: 'text/html' } };
  const seen: [number, string][] = [];
  for (const path of [
    '/',
    '/a/b.txt',
    '/c',
    '/.env',
    '/etc/passwd',
    '/%2e%2e/hostile/server.cjs',
    '/nothing.txt',
    '/%00',
  ])
    seen.push(await visitor.ask(path).then(({ status, body }) => [status, body.slice(0, 10)]));
  expect(seen).toEqual([
    ...[
      [200, '<p>home'],
      [200, '0123456789'],
      [200, 'c'],
    ],
    ...Array.from({ length: 5 }, () => [404, 'Not found\n']),
  ]);
  expect((await visitor.ask('/some/route', page)).body).toBe('<p>home');
  const part = await visitor.ask('/a/b.txt', { headers: { range: 'bytes=2-4' } });
  expect([part.status, part.body]).toEqual([206, '234']);
  expect((await visitor.ask('/', { method: 'POST', headers: { origin: visitor.origin } })).status).toBe(405);
});
