// Who comes through the computer's own tunnel: the walls are the same for them, no pairing comes that way, and each is counted and
// listed under their own address, which nobody else can claim. The tunnel is a stand-in that prints what cloudflared prints.
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { CommandType } from '../protocol/commands.ts';
import { type DaemonHere, startDaemonHere } from '../testing/daemon-here.ts';
import { enter } from '../testing/stranger.ts';
import { accessTokenOf, type Credential, foreignPages, pairedPhone } from '../testing/walls/credentials.ts';
import { commandWalls, type Route, routes, socketPath } from '../testing/walls/doors.ts';
import { type Outside, standOutside } from '../testing/walls/outside.ts';

const host = 'quiet-lantern-porch-home.trycloudflare.com';
const visitor = '203.0.113.9';
/** As the tunnel hands on what somebody sent, who has written an address of their own into the header. */
const through = (address = visitor) => ({
  ...{ host, 'x-forwarded-for': `198.51.100.1, ${address}`, 'cf-connecting-ip': address },
});

let bin: string;
let outside: Outside;

const env = () => ({ PATH: `${bin}:${dirname(process.execPath)}:/usr/bin:/bin` });

beforeAll(async () => {
  bin = join(mkdtempSync(join(tmpdir(), 'porchlight-tunnel-')), 'bin');
  mkdirSync(bin);
  copyFileSync(
    fileURLToPath(new URL('../testing/stand-in-tunnel.mjs', import.meta.url)),
    join(bin, 'cloudflared'),
  );
  chmodSync(join(bin, 'cloudflared'), 0o755);
  outside = await standOutside(env());
  await outside.daemon.owner.run('remote.start', { via: 'cloudflared' });
});

afterAll(async () => {
  await outside.daemon.close();
  rmSync(dirname(bin), { recursive: true });
});

const types = Object.keys(commandWalls) as CommandType[];
const behindToken = ([, { opens }]: [string, Route]) => opens !== 'anyone' && opens !== 'proof';
const brought = (credential: Omit<Credential, 'name'>) => ({
  ...credential,
  headers: { ...credential.headers, ...through() },
});

test('a good token passes as it does at home, or the rest would prove nothing', async () => {
  for (const [name, { target }] of Object.entries(routes).filter(behindToken)) {
    if (!name.startsWith('GET ')) continue;
    const { status } = await outside.ask('GET', target(outside.names), brought(outside.good));
    expect([name, status]).toEqual([name, 200]);
  }
});

test('no route and no command lets anybody in without a good credential, nor another page with one', async () => {
  const wrong: string[] = [];
  let asked = 0;
  const look = (what: string, { status, code }: { status: number; code: string }, wanted: string) => {
    asked += 1;
    if (status < 400 || status >= 500 || (code !== '' && code !== wanted))
      wrong.push(`${what}: ${status} ${code}`);
  };
  const pages = foreignPages(outside.daemon).map((origin) => ({
    name: `page ${origin}`,
    headers: { ...outside.good.headers, origin },
  }));
  for (const credential of [...outside.bad, ...pages]) {
    const isPage = credential.name.startsWith('page ');
    const wanted = isPage ? 'foreign_origin' : 'unauthenticated';
    for (const [name, { target, body }] of Object.entries(routes).filter(behindToken)) {
      const [method = ''] = name.split(' ');
      const answer = await outside.ask(
        method,
        target(outside.names),
        brought(credential),
        body?.(outside.names),
      );
      look(`${name} with ${credential.name}`, answer, wanted);
    }
    for (const type of types) {
      const body = { type, ...commandWalls[type].input(outside.names) };
      const answer = await outside.ask('POST', '/api/commands', brought(credential), body);
      look(`${type} with ${credential.name}`, answer, wanted);
    }
  }
  expect(wrong).toEqual([]);
  expect(asked).toBeGreaterThan(1000);
});

test('sign-in gives nothing for a guess, and no pairing and no enrolment comes this way', async () => {
  const wrong: string[] = [];
  for (const [name, { opens, says, target, body }] of Object.entries(routes)) {
    if (opens !== 'proof') continue;
    for (const credential of outside.bad) {
      const headers = { origin: `https://${host}`, ...credential.headers };
      const asked = brought({ ...credential, headers });
      const {
        status,
        code,
        body: text,
      } = await outside.ask('POST', target(outside.names), asked, body?.(outside.names));
      const isRefused = status >= 400 && status < 500 && outside.leaks(text).length === 0;
      const atHome = name === 'POST /auth/pair' || name === 'POST /auth/enrol';
      // Those with an Origin of their own, and whoever has failed too often, do not get that far.
      if (atHome && !['pair_at_home', 'rate_limited', 'foreign_origin'].includes(code))
        wrong.push(`${name}: ${code}`);
      if (!isRefused && !says?.test(text)) wrong.push(`${name} with ${credential.name}: ${status} ${text}`);
    }
  }
  expect(wrong).toEqual([]);
});

test('a socket does and tells nothing without a good token in its first frame', async () => {
  const { client } = outside.daemon;
  const wrong: string[] = [];
  for (const { name, headers, query, token } of outside.bad) {
    const address = `${client.url.replace('https', 'wss')}${socketPath}${query === undefined ? '' : `?${query}`}`;
    const socket = new WebSocket(address, { ca: client.ca, headers: { ...headers, ...through() } });
    const heard: string[] = [];
    const end = await new Promise<number>((resolve) => {
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode ?? 0));
      socket.on('error', () => undefined);
      socket.on('message', (data) => heard.push(String(data)));
      socket.on('close', resolve);
      socket.on('open', () => {
        if (token !== undefined) socket.send(JSON.stringify({ type: 'auth', token }));
        socket.send(JSON.stringify({ type: 'subscribe', log: 'lobby', after: 0 }));
      });
    });
    if (heard.length > 0 || ![401, 403, 404, 4401].includes(end))
      wrong.push(`${name}: ${end} ${heard.join()}`);
  }
  expect(wrong).toEqual([]);
});

test('a device is listed with the address that the tunnel tells, and only where it comes through the tunnel', async () => {
  const { daemon } = outside;
  const addressAfter = async (headers: Record<string, string>) => {
    const { token, deviceId } = await daemon.owner.run('token.create', { name: 'where' });
    const authorization = `Bearer ${token}`;
    await daemon.client.fetch('/api/logs/lobby/events', { headers: { authorization, ...headers } });
    const { devices } = await daemon.owner.run('device.list', {});
    return devices.find((device) => device.deviceId === deviceId)?.address;
  };
  expect(await addressAfter(through())).toBe(visitor);
  expect(await addressAfter(through('2001:db8::7'))).toBe('2001:db8::7');
  expect(await addressAfter(through('localhost'))).toBe('127.0.0.1');
  expect(await addressAfter({ 'x-forwarded-for': visitor })).toBe('127.0.0.1');
  await daemon.owner.run('remote.stop', {});
  expect(await addressAfter({ 'x-forwarded-for': visitor })).toBe('127.0.0.1');
  expect(await addressAfter(through())).toBe('127.0.0.1');
});

test('a visitor who asks too much is refused alone, on whichever connection of the tunnel they come', async () => {
  const daemon = await startDaemonHere({ burst: 6, perSecond: 0.001 }, env());
  try {
    await daemon.owner.run('remote.start', { via: 'cloudflared' });
    const token = await accessTokenOf(await pairedPhone(daemon));
    const first = await tunnelled(daemon);
    // Somebody who is signed in came on it before.
    expect(await first.ask('/api/logs/lobby/events', '203.0.113.1', token)).toBe(200);
    const statuses: number[] = [];
    for (let n = 0; n < 6; n++) statuses.push(await first.ask('/healthz', '203.0.113.2'));
    expect(statuses).toEqual(statuses.map(() => 200));
    expect(await first.ask('/healthz', '203.0.113.2')).toBe(429);
    const second = await tunnelled(daemon);
    expect(await second.ask('/healthz', '203.0.113.3')).toBe(200);
    expect(await second.ask('/healthz', '203.0.113.2')).toBe(429);
    const third = await tunnelled(daemon);
    expect(await third.ask('/api/logs/lobby/events', '203.0.113.2', token)).toBe(200);
  } finally {
    await daemon.close();
  }
});

/** One of the connections that a tunnel keeps, on which it brings one visitor after the other. */
async function tunnelled(daemon: DaemonHere) {
  const connection = await enter(daemon);
  let answers = 0;
  return {
    async ask(path: string, address: string, token?: string): Promise<number> {
      const head = [`GET ${path} HTTP/1.1`, `Host: ${host}`, `X-Forwarded-For: ${address}`];
      const bearer = token === undefined ? [] : [`Authorization: Bearer ${token}`];
      connection.socket.write([...head, ...bearer, '', ''].join('\r\n'));
      answers += 1;
      const heard = await connection.hears(new RegExp(`(?:HTTP/1\\.1 \\d+ [^]*?){${answers}}\\r\\n\\r\\n`));
      return Number([...heard.matchAll(/HTTP\/1\.1 (\d+) /g)][answers - 1]?.[1]);
    },
  };
}
