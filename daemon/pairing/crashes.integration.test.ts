// A daemon that dies in the midst of a pairing: afterwards a phone is in, or it is not; nothing in between stays.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { offer, scan, useCode } from '../testing/phone.ts';
import { startTestDaemon, type TestDaemon } from '../testing/test-daemon.ts';

let daemon: TestDaemon;

beforeAll(async () => {
  daemon = await startTestDaemon();
});

afterAll(() => daemon.close());

const newUrl = async () => (await daemon.owner.run('pairing.start', {})).url;
const phones = async () =>
  (await daemon.owner.run('device.list', {})).devices.filter(({ kind }) => kind === 'phone');

async function dieAndComeBack(): Promise<void> {
  await daemon.stop('SIGKILL');
  await daemon.start();
}

test('killed behind the code: the code is dead, the pairing too, and nobody is in', async () => {
  const url = await newUrl();
  const offered = await useCode(daemon.client, url);
  await dieAndComeBack();
  await expect(offered.reveal()).rejects.toThrow('pairing_over');
  await expect(scan(daemon.client, url)).rejects.toThrow('pairing_over');
  expect(await phones()).toEqual([]);
});

test('killed behind the digits: no answer counts any more, the phone is told, and nobody is in', async () => {
  const pairing = await scan(daemon.client, await newUrl());
  await dieAndComeBack();
  await expect(
    daemon.owner.run('pairing.answer', { pairingId: pairing.pairingId, behavior: 'allow' }),
  ).rejects.toThrow('already answered');
  expect(await pairing.settled()).toMatchObject({ state: 'expired', phone: { deviceId: '' } });
  expect(await phones()).toEqual([]);
});

test('killed behind Allow, before the phone has asked: it asks the new daemon, and is in', async () => {
  const pairing = await scan(daemon.client, await newUrl());
  await daemon.owner.run('pairing.answer', { pairingId: pairing.pairingId, behavior: 'allow' });
  await dieAndComeBack();
  const { state, phone } = await pairing.settled();
  expect(state).toBe('allowed');
  expect((await phone.signIn()).status).toBe(200);
  expect(await phones()).toMatchObject([{ deviceId: phone.deviceId }]);
  await daemon.owner.run('device.revoke', { deviceId: phone.deviceId });
});

test('killed while Allow is on its way to the disk: the phone is in the list and signs in, or neither', async () => {
  for (let n = 0; n < 5; n++) {
    const pairing = await scan(daemon.client, await newUrl());
    const { pairingId } = pairing;
    const answered = daemon.owner.run('pairing.answer', { pairingId, behavior: 'allow' }).then(
      () => true,
      () => false,
    );
    await dieAndComeBack();
    const isSure = await answered;
    const { state, phone } = await pairing.settled();
    const listed = (await phones()).map(({ deviceId }) => deviceId);
    if (state === 'allowed') expect([(await phone.signIn()).status, listed]).toEqual([200, [phone.deviceId]]);
    else expect([state, listed, isSure]).toEqual(['expired', [], false]);
    for (const deviceId of listed) await daemon.owner.run('device.revoke', { deviceId });
  }
});

test('a typed code dies of five wrong tries, and not a sixth counts; the scanned one lives on', async () => {
  const { typed, url } = await daemon.owner.run('pairing.start', { scopes: ['read', 'use'] });
  const wrong = typed.startsWith('Z') ? 'AAAA-AAAA' : 'ZZZZ-ZZZZ';
  const outcomes: string[] = [];
  for (const code of [wrong, wrong, wrong, wrong, wrong, typed, wrong])
    outcomes.push(
      await offer(daemon.client, code).then(
        () => 'in',
        (error: Error) => error.message,
      ),
    );
  const after = ['pairing_over', 'pairing_over', 'pairing_over'];
  expect(outcomes).toEqual(['code_wrong', 'code_wrong', 'code_wrong', 'code_wrong', ...after]);
  expect(await daemon.owner.run('pairing.start', { scopes: ['read', 'use'] })).toMatchObject({
    url,
    typed: '',
  });
  await scan(daemon.client, url);
});
