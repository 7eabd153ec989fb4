// Every way of not having a credential: nothing, something that was good once, or something good in a place that does not
// count. Each is headers and a query; none may open any door.
import type { DaemonHere } from '../daemon-here.ts';
import { type Phone, scan } from '../phone.ts';

export interface Credential {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Behind the address. */
  readonly query?: string;
  /** Of a WebSocket's auth frame; none without. */
  readonly token?: string;
}

/** Pairs a phone with somebody at the computer who allows it. */
export async function pairedPhone({ owner, client }: DaemonHere): Promise<Phone> {
  const after = await owner.lobbyHead();
  const pairing = await scan(client, (await owner.run('pairing.start', {})).url);
  const asked = await client.readUntil('lobby', ({ type }) => type === 'pairing.requested', { after });
  const pairingId = String(asked.at(-1)?.['pairingId']);
  await owner.run('pairing.answer', { pairingId, behavior: 'allow' });
  return (await pairing.settled()).phone;
}

export async function accessTokenOf(phone: Phone): Promise<string> {
  return JSON.parse((await phone.signIn()).body).result.accessToken;
}

export async function badCredentials(daemon: DaemonHere, good: string): Promise<readonly Credential[]> {
  const { owner, client } = daemon;
  const removed = await pairedPhone(daemon);
  const ofRemoved = await accessTokenOf(removed);
  await owner.run('device.revoke', { deviceId: removed.deviceId });
  const { token: revoked, deviceId } = await owner.run('token.create', { name: 'revoked' });
  await owner.run('device.revoke', { deviceId });
  // Nobody signs in after this: a sign-in sweeps out what has ended, and nothing would be left to try.
  const expired = await accessTokenOf(await pairedPhone(daemon));
  daemon.pass(600_000);
  const basic = `Basic ${Buffer.from(`porchlight:${good}`).toString('base64')}`;
  const bearer = (name: string, token: string) => ({
    ...{ name, token, headers: { authorization: `Bearer ${token}` } },
  });
  return [
    { name: 'none', headers: {} },
    bearer('wrong', `plt_${'A'.repeat(43)}`),
    bearer('cut short', good.slice(0, -1)),
    bearer('longer', `${good}A`),
    bearer('no API token', 'A'.repeat(43)),
    { name: 'empty', token: '', headers: { authorization: 'Bearer ' } },
    bearer('expired', expired),
    bearer('revoked token', revoked),
    bearer('of a removed device', ofRemoved),
    {
      name: 'cookie',
      headers: {
        cookie: ['token', 'access_token', '__Host-plt', 'session'].map((n) => `${n}=${good}`).join('; '),
      },
    },
    { name: 'Basic', headers: { authorization: basic } },
    { name: 'Basic with Origin', headers: { authorization: basic, origin: client.url } },
    {
      name: 'query',
      headers: {},
      query: `token=${good}&access_token=${good}&authorization=Bearer%20${good}`,
    },
    {
      name: 'other headers',
      headers: { 'x-api-key': good, 'proxy-authorization': `Bearer ${good}`, 'x-forwarded-for': '127.0.0.1' },
    },
  ];
}

/** With a good credential; what browsers say of the page that asks. */
export function foreignPages({ port }: DaemonHere): readonly string[] {
  return [
    ...['https://evil.example', 'null', `https://evil.example:${port}`, `http://localhost:${port}`],
    ...[`https://localhost:${port + 1}`, 'https://localhost', `https://localhost:${port}.evil.example`],
  ];
}
