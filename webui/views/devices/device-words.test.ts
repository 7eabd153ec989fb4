// What is told of devices, and to whom.
import { expect, it } from 'vitest';
import type { Notice } from '../../../daemon/protocol/lobby.ts';
import { factsOf, noticeWords, openNotices } from './device-words.ts';

const notice = (noticeId: number, change: Partial<Notice> = {}): Notice => ({
  ...{ noticeId, at: 0, kind: 'added', deviceId: 'bob', label: 'Bob’s phone', deviceKind: 'phone' },
  scopes: ['read'],
  ...change,
});

it('tells nothing about the device itself, nothing from before it came in, and nothing that was put away', () => {
  const notices = [
    notice(1),
    notice(2, { deviceId: 'ana' }),
    notice(3, { deviceId: 'eve' }),
    notice(4, { deviceId: 'ana', kind: 'scopes' }),
    notice(5, { kind: 'removed' }),
  ];
  const open = (self: string, putAway: number) =>
    openNotices(notices, { self, putAway }).map(({ noticeId }) => noticeId);
  expect([open('ana', 0), open('ana', 3), open('ana', 5), open('bob', 0)]).toEqual([
    [3, 5],
    [5],
    [],
    [2, 3, 4],
  ]);
});

it.each([
  [notice(1), '“Bob’s phone” was let in.'],
  [notice(1, { deviceKind: 'token', label: 'Backup' }), 'The API token “Backup” was made.'],
  [notice(1, { kind: 'removed' }), '“Bob’s phone” was removed.'],
  [notice(1, { kind: 'scopes' }), '“Bob’s phone” may now only read.'],
])('%#', (one, words) => {
  expect(noticeWords(one)).toBe(words);
});

it('says what a device is and when and where from it was used', () => {
  const device = { deviceId: 'a', label: 'A', kind: 'phone', scopes: ['read'], createdAt: 0 } as const;
  expect(factsOf({ ...device, scopes: ['read'] }, 0)).toBe('Phone · never used');
  expect(factsOf({ ...device, scopes: ['read'], usedAt: 0, address: '10.0.0.2' }, 240_000)).toBe(
    'Phone · used 4 min · 10.0.0.2',
  );
});
