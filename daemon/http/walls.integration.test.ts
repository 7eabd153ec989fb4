// Who is let in, and how the others are refused: Host, Origin and credential on requests and upgrades alike.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { createDaemonClient } from '../testing/daemon-client.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';

let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon();
});

afterAll(() => daemon.close());

const get = async (path: string, headers: Record<string, string> = {}) =>
  (await daemon.client.fetch(path, { headers })).status;

test('a name that is not the computer’s own is misdirected, whatever the credential', async () => {
  const { port } = new URL(daemon.url);
  for (const host of [
    'evil.example',
    `evil.example:${port}`,
    `localhost.:${port}`,
    'localhost:1',
    `0.0.0.0:${port}`,
    `localhost:${port}@evil`,
  ]) {
    expect(await get('/api/logs/lobby/events?after=0', { host })).toBe(421);
    expect(await get('/healthz', { host })).toBe(421);
  }
  expect(await get('/healthz', { host: `127.0.0.1:${port}` })).toBe(200);
});

test('a change asked for by another page is refused, even with a good token', async () => {
  const { port } = new URL(daemon.url);
  for (const origin of [
    'https://evil.example',
    'null',
    `http://localhost:${port}`,
    `https://localhost:${Number(port) + 1}`,
  ]) {
    const headers = { origin, 'content-type': 'application/json' };
    const answer = await daemon.client.fetch('/api/commands', {
      method: 'POST',
      headers,
      body: '{"type":"conversation.list"}',
    });
    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([403, 'foreign_origin']);
  }
});

test('without a valid token every route but the page itself, /healthz and /auth is refused', async () => {
  const stranger = createDaemonClient({ url: daemon.url, home: daemon.home, token: 'plt_wrong' });
  for (const path of [
    '/api/logs/lobby/events',
    '/api/commands',
    '/api/conversations/x/pages/0',
    '/api/anything',
    '/api/socket',
  ]) {
    const answer = await stranger.fetch(path);
    expect([answer.status, answer.body]).toEqual([401, expect.stringContaining('"unauthenticated"')]);
  }
  expect((await stranger.fetch('/healthz')).body).toBe('ok');
});

test('a token is held to its scopes', async () => {
  const { stdout } = await daemon.run('token', 'create', '--name', 'reader', '--scopes', 'read', '--json');
  const reader = createDaemonClient({ url: daemon.url, home: daemon.home, token: JSON.parse(stdout).token });
  expect((await reader.command('conversation.list', {})).conversations).toEqual([]);
  await expect(reader.command('conversation.create', { cwd: daemon.project })).rejects.toThrow('forbidden');
  await expect(daemon.client.command('token.create', { name: 'more' })).rejects.toThrow('forbidden');
});

test('commands that make no sense get an error that says what is wrong', async () => {
  const send = async (body: string, type = 'application/json') => {
    const answer = await daemon.client.fetch('/api/commands', {
      method: 'POST',
      headers: { 'content-type': type },
      body,
    });
    return [answer.status, JSON.parse(answer.body).error];
  };
  expect(await send('{')).toEqual([400, { code: 'bad_request', message: 'The body is not valid JSON.' }]);
  expect(await send('{"type":"no.such"}')).toEqual([
    400,
    { code: 'bad_request', message: 'There is no command "no.such".' },
  ]);
  expect(await send('{"type":"conversation.list"}', 'text/plain')).toMatchObject([
    400,
    { code: 'bad_request' },
  ]);
  expect(await send('{"type":"message.send","conversationId":"../../etc"}')).toMatchObject([
    400,
    { message: expect.stringContaining('conversationId') },
  ]);
  expect(await send(JSON.stringify({ type: 'conversation.create', cwd: '/no/such/folder' }))).toMatchObject([
    422,
    { code: 'folder_not_found' },
  ]);
  expect(
    await send(JSON.stringify({ type: 'conversation.list', filler: 'x'.repeat(1_100_000) })),
  ).toMatchObject([413, { code: 'too_large' }]);
});

/** What becomes of a socket: the status of a refused upgrade, or the code it is closed with. */
function outcome(
  options: { origin?: string; host?: string; path?: string },
  first?: string,
): Promise<number> {
  const { path = '/api/socket', ...headers } = options;
  const socket = new WebSocket(`${daemon.url.replace('https', 'wss')}${path}`, {
    ca: daemon.client.ca,
    headers,
  });
  return new Promise((resolve, reject) => {
    socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
    socket.on('error', reject);
    socket.on('open', () => (first === undefined ? socket.terminate() : socket.send(first)));
    socket.on('close', resolve);
  });
}

test('a socket is refused before it opens when Host or Origin are foreign, or the place is another', async () => {
  expect(await outcome({ origin: 'https://evil.example' })).toBe(403);
  expect(await outcome({ origin: 'null' })).toBe(403);
  expect(await outcome({ host: 'evil.example' })).toBe(421);
  expect(await outcome({ path: '/api/elsewhere' })).toBe(404);
});

test('a socket does nothing before a valid auth frame', async () => {
  const origin = daemon.url;
  expect(await outcome({ origin }, JSON.stringify({ type: 'auth', token: 'plt_wrong' }))).toBe(4401);
  expect(await outcome({ origin }, JSON.stringify({ type: 'subscribe', log: 'lobby', after: 0 }))).toBe(4401);
  expect(await outcome({ origin }, 'not json')).toBe(4400);
  expect(await outcome({ origin }, JSON.stringify({ type: 'auth', token: 'x'.repeat(5000) }))).toBe(4400);
});

test('a revoked device is cut off at once and stays out', async () => {
  const { stdout } = await daemon.run('token', 'create', '--name', 'lost phone', '--json');
  const { token } = JSON.parse(stdout);
  const { stdout: admin } = await daemon.run(
    'token',
    'create',
    '--name',
    'admin',
    '--scopes',
    'read,admin',
    '--json',
  );
  const owner = createDaemonClient({ url: daemon.url, home: daemon.home, token: JSON.parse(admin).token });
  const socket = new WebSocket(`${daemon.url.replace('https', 'wss')}/api/socket`, { ca: daemon.client.ca });
  const ready = new Promise((resolve) => socket.on('message', resolve));
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.on('open', () => socket.send(JSON.stringify({ type: 'auth', token })));
  await ready;
  const { devices } = await owner.command('device.list', {});
  const lost = devices.find((device) => device.label === 'lost phone');
  await daemon.owner.run('device.revoke', { deviceId: lost?.deviceId ?? '' });
  expect(await closed).toBe(4403);
  const stranger = createDaemonClient({ url: daemon.url, home: daemon.home, token });
  expect((await stranger.fetch('/api/logs/lobby/events')).status).toBe(401);
});
