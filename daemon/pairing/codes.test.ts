// A pairing code: one use, one alive, two minutes.
import { expect, test } from 'vitest';
import type { Clock } from '../ports.ts';
import { codeLifetimeMs, createCodes } from './codes.ts';
import { createTickets } from './tickets.ts';

function setUp() {
  let time = 1000;
  let seed = 0;
  const clock: Clock = {
    now: () => 5_000_000 + time,
    today: () => '2026-11-21',
    monotonic: () => time,
    after: () => () => {},
  };
  const random = (length: number) => new Uint8Array(length).fill(++seed);
  return {
    codes: createCodes({ clock, random }),
    tickets: createTickets({ clock, random }),
    pass: (ms: number) => {
      time += ms;
    },
  };
}

test('a code is taken once, with the scopes it was made for', () => {
  const { codes } = setUp();
  const { code, expiresAt } = codes.make(['read']);
  expect([code.length, expiresAt]).toEqual([22, 5_001_000 + codeLifetimeMs]);
  expect(codes.take(code)).toEqual({ scopes: ['read'] });
  expect(codes.take(code)).toBeUndefined();
});

test('a wrong code takes nothing, and leaves the right one alive', () => {
  const { codes } = setUp();
  const { code } = codes.make(['read']);
  expect(codes.take('AAAAAAAAAAAAAAAAAAAAAA')).toBeUndefined();
  expect(codes.take(code)).toBeDefined();
});

test('a code dies of age, by the clock that cannot be set back', () => {
  const { codes, pass } = setUp();
  const { code } = codes.make(['read']);
  pass(codeLifetimeMs);
  expect(codes.take(code)).toBeUndefined();
});

test('whoever asks while a code is fresh gets the same one', () => {
  const { codes, pass } = setUp();
  const first = codes.make(['read']);
  pass(codeLifetimeMs / 2);
  expect(codes.make(['read'])).toEqual(first);
  pass(1);
  expect(codes.make(['read']).code).not.toBe(first.code);
});

test('a new code kills the one before', () => {
  const { codes } = setUp();
  const first = codes.make(['read']);
  const second = codes.make(['use']);
  expect(codes.take(first.code)).toBeUndefined();
  expect(codes.take(second.code)).toEqual({ scopes: ['use'] });
});

test('a ticket for this computer’s browser works once, within thirty seconds', () => {
  const { tickets, pass } = setUp();
  const used = tickets.make();
  expect([tickets.take(used), tickets.take(used)]).toEqual([true, false]);
  const late = tickets.make();
  pass(30_000);
  expect(tickets.take(late)).toBe(false);
});
