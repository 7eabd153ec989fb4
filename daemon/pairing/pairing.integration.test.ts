// Pairing from the code to the access token, against the real daemon: what must work, and all that must not.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createDaemonClient, type DaemonClient } from '../testing/daemon-client.ts';
import { scan } from '../testing/phone.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';

let daemon: TestDaemon;
let owner: DaemonClient;

beforeAll(async () => {
  daemon = await startTestDaemon();
  const { stdout } = await daemon.run(
    'token',
    'create',
    '--name',
    'owner',
    '--scopes',
    'read,use,approve,admin',
    '--json',
  );
  owner = createDaemonClient({ url: daemon.url, home: daemon.home, token: JSON.parse(stdout).token });
});

afterAll(() => daemon.close());

async function newUrl(): Promise<string> {
  return (await owner.command('pairing.start', {})).url;
}

/** The pairing that the computer is asked about now. */
async function asked(digits: string) {
  const events = await owner.readUntil(
    'lobby',
    (event) => event.type === 'pairing.requested' && event['digits'] === digits,
  );
  return String(events.at(-1)?.['pairingId']);
}

test('the same six digits on both sides, Allow, and the phone signs in; its scopes are those of the record', async () => {
  const pairing = await scan(daemon.client, await newUrl());
  const pairingId = await asked(pairing.digits);
  await daemon.owner.run('pairing.answer', { pairingId, behavior: 'allow' });
  const { state, phone } = await pairing.settled();
  expect(state).toBe('allowed');
  const { status, body } = await phone.signIn();
  expect(status).toBe(200);
  const { accessToken, scopes } = JSON.parse(body).result;
  expect(scopes).toEqual(['read', 'use', 'approve']);
  const client = createDaemonClient({ url: daemon.url, home: daemon.home, token: accessToken });
  expect(await client.command('conversation.list', {})).toEqual({ conversations: [] });
  await expect(client.command('pairing.start', {})).rejects.toThrow('forbidden');
});

test('Deny leaves the phone without anything, and an answer counts once', async () => {
  const pairing = await scan(daemon.client, await newUrl());
  const pairingId = await asked(pairing.digits);
  await daemon.owner.run('pairing.answer', { pairingId, behavior: 'deny' });
  expect(await pairing.settled()).toMatchObject({ state: 'denied', phone: { deviceId: '' } });
  await expect(daemon.owner.run('pairing.answer', { pairingId, behavior: 'allow' })).rejects.toThrow(
    'This was already answered.',
  );
});

test('a code works once: of forty who use it at once, one gets in', async () => {
  const url = await newUrl();
  const tries = await Promise.allSettled(Array.from({ length: 40 }, () => scan(daemon.client, url)));
  expect(tries.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
  await expect(scan(daemon.client, url)).rejects.toThrow(/pairing_over|rate_limited/);
});

test('a new code kills the one before', async () => {
  await daemon.stop();
  await daemon.start();
  const first = await newUrl();
  const { url: second } = await owner.command('pairing.start', { scopes: ['read'] });
  await expect(scan(daemon.client, first)).rejects.toThrow('pairing_over');
  await scan(daemon.client, second);
});

test('a sign-in needs the very challenge, once, and the own origin in what is signed', async () => {
  const pairing = await scan(daemon.client, await newUrl());
  await daemon.owner.run('pairing.answer', { pairingId: await asked(pairing.digits), behavior: 'allow' });
  const { phone } = await pairing.settled();
  const headers = { 'content-type': 'application/json' };
  const body = JSON.stringify({ deviceId: phone.deviceId });
  const { challenge } = JSON.parse(
    (await daemon.client.fetch('/auth/challenge', { method: 'POST', headers, body })).body,
  ).result;
  expect((await phone.signIn({ origin: 'https://evil.example', challenge })).status).toBe(401);
  expect((await phone.signIn({ challenge })).status).toBe(401);
  const unknown = await phone.signIn({ challenge: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' });
  // A device that is known must not be told that it is not.
  expect([unknown.status, JSON.parse(unknown.body).error.code]).toEqual([401, 'challenge_over']);
  expect((await phone.signIn()).status).toBe(200);
});

test('a phone stays paired over a restart; its access token does not survive one', async () => {
  const pairing = await scan(daemon.client, await newUrl());
  await daemon.owner.run('pairing.answer', { pairingId: await asked(pairing.digits), behavior: 'allow' });
  const { phone } = await pairing.settled();
  const { accessToken } = JSON.parse((await phone.signIn()).body).result;
  await daemon.stop();
  await daemon.start();
  const client = createDaemonClient({ url: daemon.url, home: daemon.home, token: accessToken });
  expect((await client.fetch('/api/logs/lobby/events')).status).toBe(401);
  expect((await phone.signIn()).status).toBe(200);
});

test('what is on disk is private and lets nobody in: public keys and hashes only', async () => {
  const path = join(daemon.home, 'state.json');
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(daemon.home).mode & 0o777).toBe(0o700);
  expect(statSync(join(daemon.home, 'daemon.sock')).mode & 0o777).toBe(0o600);
  expect(statSync(join(daemon.home, 'tls', 'key.pem')).mode & 0o777).toBe(0o600);
  const text = readFileSync(path, 'utf8');
  expect(text).not.toContain(owner.token);
  expect(text).not.toMatch(/"d"\s*:/);
});

test('guessing ends: after sixty failures a minute everyone waits', async () => {
  const { url } = await owner.command('pairing.start', {});
  const wrong = url.replace(/c=[^&]+/, 'c=AAAAAAAAAAAAAAAAAAAAAA');
  const outcomes: string[] = [];
  for (let n = 0; n < 70; n++)
    outcomes.push(
      await scan(daemon.client, wrong).then(
        () => 'in',
        (error: Error) => error.message,
      ),
    );
  expect(new Set(outcomes)).toEqual(new Set(['pairing_over', 'rate_limited']));
  expect(outcomes.at(-1)).toBe('rate_limited');
});

test('`porchlight pair --allow` pairs the next phone from the terminal', async () => {
  await daemon.stop();
  await daemon.start();
  const { firstLine, closed } = await daemon.begin('pair', '--allow', '--json');
  const { url, code, expiresAt } = JSON.parse(firstLine);
  expect([url.includes(code), expiresAt > Date.now()]).toEqual([true, true]);
  const pairing = await scan(daemon.client, url);
  expect(await pairing.settled()).toMatchObject({ state: 'allowed' });
  expect(await closed).toBe(0);
});
