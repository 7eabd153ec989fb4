// The life of a sign-in, and that strangers cannot stop one: what a token opened ends with it, and tries in other names do not
// count against a device.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DaemonHere, startDaemonHere } from '../testing/daemon-here.ts';
import { type Phone, scan } from '../testing/phone.ts';
import { enter } from '../testing/stranger.ts';

let daemon: DaemonHere;
let phone: Phone;

beforeAll(async () => {
  daemon = await startDaemonHere({});
  const { owner, client } = daemon;
  const pairing = await scan(client, (await owner.run('pairing.start', {})).url);
  const requested = await client.readUntil('lobby', ({ type }) => type === 'pairing.requested');
  const pairingId = String(requested.at(-1)?.['pairingId']);
  await owner.run('pairing.answer', { pairingId, behavior: 'allow' });
  phone = (await pairing.settled()).phone;
});

afterAll(() => daemon.close());

async function tokenOf(one: Phone): Promise<string> {
  return JSON.parse((await one.signIn()).body).result.accessToken;
}

async function send(path: string, body: object): Promise<number> {
  const headers = { 'content-type': 'application/json', origin: daemon.client.url };
  return (await daemon.client.fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })).status;
}

test.each([
  ['text/event-stream', /event: live/],
  ['application/x-ndjson', /"device.added"/],
])('a stream of %s ends together with its token, and in good order', async (accept, words) => {
  const head = ['GET /api/logs/lobby/events?after=0 HTTP/1.1', `Host: localhost:${daemon.port}`];
  const bearer = `Authorization: Bearer ${await tokenOf(phone)}`;
  const reader = await enter(daemon);
  reader.socket.write([...head, bearer, `Accept: ${accept}`, '', ''].join('\r\n'));
  await reader.hears(words);
  daemon.pass(599_000);
  expect(reader.heard).not.toMatch(/\r\n0\r\n\r\n$/);
  daemon.pass(1000);
  await reader.hears(/\r\n0\r\n\r\n$/);
  reader.socket.write([...head, bearer, '', ''].join('\r\n'));
  await reader.hears(/HTTP\/1.1 401 /);
  reader.socket.destroy();
});

test('a stream opened with an API token does not end by time', async () => {
  const reader = await enter(daemon);
  const head = ['GET /api/logs/lobby/events?after=0 HTTP/1.1', `Host: localhost:${daemon.port}`];
  const bearer = `Authorization: Bearer ${daemon.client.token}`;
  reader.socket.write([...head, bearer, 'Accept: text/event-stream', '', ''].join('\r\n'));
  await reader.hears(/event: live/);
  daemon.pass(86_400_000);
  const { deviceId } = await daemon.owner.run('token.create', { name: 'a day later' });
  await reader.hears(new RegExp(deviceId));
  reader.socket.destroy();
});

test('failed sign-ins of others do not keep a device out; its own do, for a minute', async () => {
  const proof = { challenge: 'A'.repeat(32), signature: 'A'.repeat(86) };
  const statuses: number[] = [];
  for (let n = 0; n < 61; n++)
    statuses.push(await send('/auth/token', { ...proof, deviceId: `nobody-${n}` }));
  expect([statuses[0], statuses.at(-1)]).toEqual([401, 429]);
  expect((await phone.signIn()).status).toBe(200);
  for (let n = 0; n < 10; n++) await send('/auth/token', { ...proof, deviceId: phone.deviceId });
  expect((await phone.signIn()).status).toBe(429);
  daemon.pass(60_000);
  expect((await phone.signIn()).status).toBe(200);
});
