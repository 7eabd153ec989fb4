import { expect, it } from 'vitest';
import { AppError } from '../../daemon/protocol/errors.ts';
import { type ConnectionState, causeOf, connectionWords } from './connection-state.ts';

it('says the cause and the next try', () => {
  const cause = causeOf(new Error('x'), true);
  const waiting: ConnectionState = { kind: 'waiting', cause, due: 8500, lastSeen: undefined };
  expect(connectionWords(waiting, 1000)).toEqual({
    why: 'The computer does not answer. Asleep, or on another network?',
    next: 'Trying again in 8 s.',
  });
  expect(connectionWords({ ...waiting, lastSeen: Date.parse('2026-11-21T14:02:00') }, 1000).why).toBe(
    'The computer has been asleep or away since 14:02.',
  );
  expect(connectionWords(waiting, 9000).next).toBe('Trying again…');
});

it('tells a missing network from a computer that does not answer, and passes on what the computer says', () => {
  expect(causeOf(new Error('x'), false)).toEqual({ kind: 'offline' });
  expect(causeOf(new AppError('rate_limited'), true)).toEqual({
    kind: 'refused',
    message: 'Too many tries. Wait a minute and try again.',
  });
});
