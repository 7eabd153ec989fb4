// What a phone asks for and the computer allows: once, in time, and only for who asked.
import { expect, test } from 'vitest';
import type { LobbyDraft } from '../protocol/lobby.ts';
import { createConfirmations } from './confirmations.ts';
import type { Principal } from './devices.ts';

function setUp() {
  const timers = new Set<() => void>();
  const told: LobbyDraft[] = [];
  const confirmations = createConfirmations({
    clock: {
      now: () => 1000,
      today: () => '2026-11-21',
      monotonic: () => 0,
      after(_ms, action) {
        timers.add(action);
        return () => timers.delete(action);
      },
    },
    random: (length) => crypto.getRandomValues(new Uint8Array(length)),
    tell: async (draft) => void told.push(draft),
  });
  const lost = new AbortController();
  const phone: Principal = {
    ...{ deviceId: 'a', label: 'Ana’s phone', kind: 'phone', scopes: ['admin'], revoked: lost.signal },
  };
  const ask = (act = 'remove the device “iPad”') => {
    const asked = confirmations.ask(phone, act);
    const last = told.at(-1);
    const confirmationId = last?.type === 'confirmation.requested' ? last.confirmationId : '';
    return { asked, confirmationId };
  };
  const runOut = () => {
    for (const timer of timers) timer();
  };
  return { confirmations, told, ask, lost, runOut, timers };
}

test('it says who wants what, and goes on when it is allowed', async () => {
  const { confirmations, told, ask, timers } = setUp();
  const { asked, confirmationId } = ask();
  expect(told).toEqual([
    {
      type: 'confirmation.requested',
      confirmationId,
      deviceId: 'a',
      label: 'Ana’s phone',
      act: 'remove the device “iPad”',
      expiresAt: 61_000,
    },
  ]);
  await confirmations.answer(confirmationId, 'allow');
  await asked;
  expect(told.at(-1)).toMatchObject({ type: 'confirmation.settled', outcome: 'allowed' });
  expect(timers.size).toBe(0);
});

test('denied, out of time or revoked: it is not done, and the computer no longer asks', async () => {
  for (const end of ['deny', 'time', 'revoked'] as const) {
    const { confirmations, told, ask, lost, runOut } = setUp();
    const { asked, confirmationId } = ask();
    const refused = expect(asked, end).rejects.toMatchObject({ code: 'not_confirmed' });
    if (end === 'deny') await confirmations.answer(confirmationId, 'deny');
    if (end === 'time') runOut();
    if (end === 'revoked') lost.abort();
    await refused;
    expect(told.at(-1)).toMatchObject({ outcome: end === 'deny' ? 'denied' : 'expired' });
    await expect(confirmations.answer(confirmationId, 'allow')).rejects.toMatchObject({
      code: 'already_answered',
    });
  }
});

test('of two answers that come at once the first counts', async () => {
  const { confirmations, ask } = setUp();
  const { asked, confirmationId } = ask();
  const answers = [
    confirmations.answer(confirmationId, 'deny'),
    confirmations.answer(confirmationId, 'allow'),
  ];
  await expect(asked).rejects.toMatchObject({ code: 'not_confirmed' });
  expect((await Promise.allSettled(answers)).map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
});

test('a device asks about one thing at a time', async () => {
  const { confirmations, ask } = setUp();
  const { asked, confirmationId } = ask();
  await expect(ask('make another').asked).rejects.toMatchObject({ code: 'rate_limited' });
  await confirmations.answer(confirmationId, 'allow');
  await asked;
  const second = ask('make another');
  await confirmations.answer(second.confirmationId, 'allow');
  await second.asked;
});
