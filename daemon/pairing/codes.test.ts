// A pairing code: one use, one alive, two minutes; five guesses at what is typed.
import { expect, test } from 'vitest';
import type { Clock } from '../ports.ts';
import { AppError } from '../protocol/errors.ts';
import { typedMeant } from '../protocol/typed-code.ts';
import { codeLifetimeMs, createCodes, guessPauseMs } from './codes.ts';
import { createTickets } from './tickets.ts';

function setUp() {
  let time = 1000;
  let seed = 0;
  let kills = 0;
  const clock: Clock = {
    now: () => 5_000_000 + time,
    today: () => '2026-11-21',
    monotonic: () => time,
    after: () => () => {},
  };
  const random = (length: number) => new Uint8Array(length).fill(++seed);
  const codes = createCodes({
    ...{ clock, random },
    killed: () => {
      kills += 1;
    },
  });
  return {
    codes,
    tickets: createTickets({ clock, random }),
    /** What became of it: the scopes, or the refusal's code. */
    take(code: string): readonly string[] | string {
      try {
        return codes.take(code).scopes;
      } catch (error) {
        if (error instanceof AppError) return error.code;
        throw error;
      }
    },
    pass: (ms: number) => {
      time += ms;
    },
    kills: () => kills,
  };
}

/** Well formed, and never the right one of `setUp`. */
const wrong = 'ZZZZ-0000';

test('a code is taken once, with the scopes it was made for', () => {
  const { codes, take } = setUp();
  const { code, typed, expiresAt } = codes.make(['read'], 'computer');
  expect([code.length, typed, expiresAt]).toEqual([22, '2222-2222', 5_001_000 + codeLifetimeMs]);
  expect([take(code), take(code), take(typed)]).toEqual([['read'], 'pairing_over', 'pairing_over']);
});

test('a code dies with the device that it was made for, and not with another', () => {
  const { codes, take } = setUp();
  codes.make(['read'], 'tablet');
  const { code } = codes.make(['read'], 'computer');
  codes.forget('phone');
  expect(codes.make(['read'], 'computer').code).toBe(code);
  codes.forget('tablet');
  expect(take(code)).toBe('pairing_over');
});

test('the typed form lets in as the scanned one does, however it is written, and ends both', () => {
  for (const write of [
    (typed: string) => typed,
    (typed: string) => typed.toLowerCase().replace('-', ''),
    (typed: string) => ` ${typed.replace('-', ' ')} `,
  ]) {
    const { codes, take } = setUp();
    const { code, typed } = codes.make(['use'], 'computer');
    expect([take(write(typed)), take(typed), take(code)]).toEqual([['use'], 'pairing_over', 'pairing_over']);
  }
});

test.each([
  ['o0O0-iIlL', '00001111'],
  ['abcd efgh', 'ABCDEFGH'],
  ['ABCD–EFGH', 'ABCDEFGH'],
  ['ABCD-EFG', undefined],
  ['ABCD-EFGU', undefined],
  ['', undefined],
])('%j is meant as %j', (text, meant) => {
  expect(typedMeant(text)).toBe(meant);
});

test('five wrong tries kill what is typed, with words for each; what is scanned lives on', () => {
  const { codes, take, kills } = setUp();
  const { code, typed } = codes.make(['read'], 'computer');
  const told = Array.from({ length: 6 }, () => {
    try {
      return codes.take(wrong).scopes.join();
    } catch (error) {
      return error instanceof Error
        ? (/\w+ tr\w+ (is|are) left|last of five/.exec(error.message)?.[0] ?? 'over')
        : '';
    }
  });
  expect(told).toEqual([
    '4 tries are left',
    '3 tries are left',
    '2 tries are left',
    'One try is left',
    'last of five',
    'over',
  ]);
  expect([take(typed), kills(), take(code)]).toEqual(['pairing_over', 1, ['read']]);
});

test('after wrong tries the next code to type comes half a minute later, with five tries of its own', () => {
  const { codes, take, pass, kills } = setUp();
  const first = codes.make(['read'], 'computer');
  for (let n = 0; n < 5; n++) take(wrong);
  expect(codes.make(['read'], 'computer')).toMatchObject({
    code: first.code,
    typed: '',
    typedAt: 5_001_000 + guessPauseMs,
  });
  // Another code is no way around the pause either.
  expect(codes.make(['use'], 'computer').typed).toBe('');
  pass(guessPauseMs);
  const next = codes.make(['use'], 'computer');
  expect(next.typed).not.toBe('');
  for (let n = 0; n < 4; n++) expect(take(wrong)).toBe('code_wrong');
  expect([take(wrong), kills(), take(next.typed)]).toEqual(['pairing_over', 2, 'pairing_over']);
});

test('guesses at no code, and what cannot be a code, cost nothing and tell nothing', () => {
  const { codes, take } = setUp();
  for (let n = 0; n < 9; n++) expect(take(wrong)).toBe('pairing_over');
  const { typed } = codes.make(['read'], 'computer');
  for (let n = 0; n < 9; n++) expect(take('not the code')).toBe('pairing_over');
  expect(take(typed)).toEqual(['read']);
});

test('a wrong scanned code takes nothing, and leaves the right one alive', () => {
  const { codes, take } = setUp();
  const { code } = codes.make(['read'], 'computer');
  expect([take('AAAAAAAAAAAAAAAAAAAAAA'), take(code)]).toEqual(['pairing_over', ['read']]);
});

test('a code dies of age in both forms, by the clock that cannot be set back', () => {
  const { codes, take, pass } = setUp();
  const { code, typed } = codes.make(['read'], 'computer');
  pass(codeLifetimeMs);
  expect([take(typed), take(code)]).toEqual(['pairing_over', 'pairing_over']);
});

test('ten thousand replays of used and expired codes let nobody in', () => {
  const { codes, take, pass } = setUp();
  const old: string[] = [];
  for (let n = 0; n < 50; n++) {
    const { code, typed } = codes.make(n % 2 === 0 ? ['read'] : ['use'], 'computer');
    old.push(code, typed);
    if (n % 3 === 0) take(code);
    else pass(codeLifetimeMs);
  }
  const outcomes = new Set<unknown>();
  for (let n = 0; n < 10_000; n++) outcomes.add(take(old[n % old.length] ?? ''));
  expect([...outcomes]).toEqual(['pairing_over']);
});

test('whoever asks while a code is fresh gets the same one', () => {
  const { codes, pass } = setUp();
  const first = codes.make(['read'], 'computer');
  pass(codeLifetimeMs / 2);
  expect(codes.make(['read'], 'computer')).toMatchObject({ code: first.code, typed: first.typed });
  pass(1);
  expect(codes.make(['read'], 'computer').code).not.toBe(first.code);
});

test('a new code kills the one before', () => {
  const { codes, take } = setUp();
  const first = codes.make(['read'], 'computer');
  const second = codes.make(['use'], 'computer');
  expect([take(first.code), take(second.code)]).toEqual(['pairing_over', ['use']]);
});

test('a ticket for this computer’s browser works once, within thirty seconds', () => {
  const { tickets, pass } = setUp();
  const used = tickets.make();
  expect([tickets.take(used), tickets.take(used)]).toEqual([true, false]);
  const late = tickets.make();
  pass(30_000);
  expect(tickets.take(late)).toBe(false);
});
