// Many who come at once: codes, answers and moves each have one winner. In one process and against the real parts, so that
// the tries are many.
import { generateKeyPairSync, sign } from 'node:crypto';
import { beforeEach, expect, test } from 'vitest';
import type { Clock, Document } from '../ports.ts';
import { AppError } from '../protocol/errors.ts';
import type { LobbyDraft } from '../protocol/lobby.ts';
import { loginText, moveText, PublicJwk } from '../protocol/pairing.ts';
import { createAccess } from './access.ts';
import { createCodes } from './codes.ts';
import type { DevicesDocument } from './device-records.ts';
import { createDevices } from './devices.ts';
import { createPairings } from './pairings.ts';

const clock: Clock = {
  now: () => 1000,
  today: () => '2026-11-21',
  monotonic: () => 0,
  after(_ms, action) {
    timers.add(action);
    return () => timers.delete(action);
  },
};
const timers = new Set<() => void>();
const random = (length: number) => crypto.getRandomValues(new Uint8Array(length));
const daemonId = 'DAEMON';

/** Takes effect at once and is on disk a while later, as the real one. */
function documentInMemory(): Document<DevicesDocument> {
  let value: DevicesDocument = { devices: [] };
  return {
    get value() {
      return value;
    },
    async update(change) {
      value = change(value);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

let told: LobbyDraft[];
let parts: ReturnType<typeof setUp>;

function setUp() {
  const tell = async (draft: LobbyDraft) => void told.push(draft);
  const failed = (error: unknown) => {
    throw error;
  };
  const devices = createDevices({ document: documentInMemory(), clock, random, changed: tell, failed });
  const codes = createCodes({ clock, random, killed: () => {} });
  const pairings = createPairings({ codes, devices, clock, random, daemonId, tell });
  return { devices, codes, pairings, access: createAccess({ devices, clock, random, daemonId }) };
}

beforeEach(() => {
  told = [];
  timers.clear();
  parts = setUp();
});

function newKey() {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = PublicJwk.parse(publicKey.export({ format: 'jwk' }));
  const signed = (text: string) =>
    sign('sha256', Buffer.from(text), { key: privateKey, dsaEncoding: 'ieee-p1363' }).toString('base64url');
  return { jwk, signed };
}

async function winners<T>(tries: readonly (() => Promise<T> | T)[]): Promise<T[]> {
  const results = await Promise.allSettled(tries.map(async (attempt) => attempt()));
  for (const result of results)
    if (result.status === 'rejected' && !(result.reason instanceof AppError)) throw result.reason;
  return results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
}

test('a hundred codes, each used two hundred times at once, scanned and typed: one pairing each', async () => {
  const { codes, pairings } = parts;
  const { jwk } = newKey();
  const counts: number[] = [];
  for (let n = 0; n < 100; n++) {
    const { code, typed } = codes.make(['read'], 'computer');
    const begin = (by: number) => () =>
      pairings.begin({ code: by % 2 === 0 ? code : typed, jwk, label: `Phone ${by}`, address: '' });
    counts.push((await winners(Array.from({ length: 200 }, (_, by) => begin(by)))).length);
  }
  expect(new Set(counts)).toEqual(new Set([1]));
});

test('of fifty answers at once to one pairing the first counts, and at most one device comes of it', async () => {
  const { codes, pairings, devices } = parts;
  const { jwk } = newKey();
  const { pairingId } = pairings.begin({
    code: codes.make(['read'], 'computer').code,
    jwk,
    label: 'Phone',
    address: '',
  });
  await pairings.reveal(pairingId, 'nonce');
  const answers = Array.from(
    { length: 50 },
    (_, n) => () => pairings.answer(pairingId, { behavior: n === 0 || n % 2 === 1 ? 'allow' : 'deny' }),
  );
  expect(await winners(answers)).toHaveLength(1);
  expect(devices.list()).toHaveLength(1);
  expect(told.filter(({ type }) => type === 'pairing.settled')).toHaveLength(1);
});

test('of a hundred who move at once with one ticket one gets through, and what the old key bought is over', async () => {
  const { devices, access } = parts;
  const old = newKey();
  const { deviceId } = await devices.add({
    ...{ label: 'Phone', kind: 'phone', jwk: old.jwk, address: '', scopes: ['read'] },
  });
  const principal = devices.find(deviceId);
  const challenge = access.challenge(deviceId);
  const login = loginText({ daemonId, origin: 'https://127.0.0.1:1', challenge });
  const { accessToken } = access.signIn({
    ...{ deviceId, challenge, origin: 'https://127.0.0.1:1', address: '', signature: old.signed(login) },
  });
  expect(access.check(accessToken)).toBeDefined();
  const ticket = await devices.prepareMove(deviceId);
  const origin = 'https://localhost:1';
  const signature = old.signed(moveText({ daemonId, deviceId, origin, ticket }));
  const moved = await winners(
    Array.from({ length: 100 }, () => async () => {
      const { jwk } = newKey();
      await access.move({ deviceId, ticket, signature, jwk, origin, address: '' });
      return jwk;
    }),
  );
  expect(moved).toHaveLength(1);
  expect(access.check(accessToken)).toBeUndefined();
  expect(principal?.revoked.aborted).toBe(true);
  expect(devices.find(deviceId)?.revoked.aborted).toBe(false);
});

test('a move needs the device’s own ticket, the old key, and the very origin that was signed', async () => {
  const { devices, access } = parts;
  const old = newKey();
  const add = (label: string) =>
    devices.add({ label, kind: 'phone', jwk: old.jwk, address: '', scopes: ['read'] });
  const [mine, other] = [await add('Phone'), await add('Other')];
  const { deviceId } = mine;
  const ticket = await devices.prepareMove(deviceId);
  const foreign = await devices.prepareMove(other.deviceId);
  const origin = 'https://localhost:1';
  const text = moveText({ daemonId, deviceId, origin, ticket });
  const { jwk, signed } = newKey();
  const base = { deviceId, ticket, origin, jwk, address: '', signature: old.signed(text) };
  const foreignText = moveText({ daemonId, deviceId, origin, ticket: foreign });
  const refused = [
    { ...base, signature: signed(text) },
    { ...base, origin: 'https://127.0.0.1:1' },
    { ...base, deviceId: other.deviceId },
    { ...base, ticket: foreign, signature: old.signed(foreignText) },
  ];
  for (const attempt of refused) await expect(access.move(attempt)).rejects.toBeInstanceOf(AppError);
  // The ticket by itself works once too, whoever signs.
  const key = { jwk: old.jwk, address: '' };
  const moves = [
    await devices.move(other.deviceId, foreign, key),
    await devices.move(other.deviceId, foreign, key),
  ];
  expect(moves).toEqual([true, false]);
  await access.move(base);
  await expect(access.move(base)).rejects.toMatchObject({ code: 'unauthenticated' });
  expect(devices.list().find((device) => device.deviceId === deviceId)).toMatchObject({ keyedAt: 1000 });
});

test('nobody answers in time, or somebody says no: no device, no second answer, and the phone is told', async () => {
  for (const end of ['expired', 'denied'] as const) {
    const { codes, pairings, devices } = parts;
    const { code } = codes.make(['read'], 'computer');
    const { pairingId } = pairings.begin({ code, jwk: newKey().jwk, label: 'Phone', address: '' });
    await pairings.reveal(pairingId, 'nonce');
    const waiting = pairings.wait(pairingId, new AbortController().signal);
    if (end === 'denied') await pairings.answer(pairingId, { behavior: 'deny' });
    else for (const timer of timers) timer();
    expect(await waiting).toEqual({ state: end, deviceId: '' });
    await expect(pairings.answer(pairingId, { behavior: 'allow' })).rejects.toMatchObject({
      code: 'already_answered',
    });
    expect(devices.list()).toEqual([]);
  }
});

test('time that runs out while Allow is on its way to the disk takes nothing back', async () => {
  const { codes, pairings, devices } = parts;
  const { code } = codes.make(['read'], 'computer');
  const { pairingId } = pairings.begin({ code, jwk: newKey().jwk, label: 'Phone', address: '' });
  await pairings.reveal(pairingId, 'nonce');
  const answered = pairings.answer(pairingId, { behavior: 'allow' });
  for (const timer of timers) timer();
  await answered;
  const [device] = devices.list();
  expect(await pairings.wait(pairingId, new AbortController().signal)).toEqual({
    state: 'allowed',
    deviceId: device?.deviceId,
  });
  expect(told.filter(({ type }) => type === 'pairing.settled')).toHaveLength(1);
});

test('a key that takes the place of a lost one keeps the device, and takes nothing but a phone’s', async () => {
  const { codes, pairings, devices } = parts;
  const old = newKey();
  const { device: token } = await devices.addToken({ label: 'Token', scopes: ['read'] });
  const before = await devices.add({
    ...{ label: 'Phone', kind: 'phone', jwk: old.jwk, address: '', scopes: ['read'] },
  });
  await devices.rename(before.deviceId, 'iPhone of Ana');
  const opened = devices.find(before.deviceId);
  const fresh = newKey();
  const { pairingId } = pairings.begin({
    ...{ code: codes.make(['use'], 'computer').code, jwk: fresh.jwk, label: 'Phone', address: '10.0.0.2' },
  });
  await pairings.reveal(pairingId, 'nonce');
  const replace = (replaces: string) => pairings.answer(pairingId, { behavior: 'allow', replaces });
  await expect(replace(token.deviceId)).rejects.toMatchObject({ code: 'not_found' });
  await replace(before.deviceId);
  expect(devices.list()).toMatchObject([
    token,
    { deviceId: before.deviceId, label: 'iPhone of Ana', scopes: ['read'], createdAt: before.createdAt },
  ]);
  expect(opened?.revoked.aborted).toBe(true);
  const { deviceId } = before;
  expect([
    devices.verify(deviceId, 'text', old.signed('text')),
    devices.verify(deviceId, 'text', fresh.signed('text')),
  ]).toEqual([false, true]);
});
