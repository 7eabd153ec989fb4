import { describe, expect, test } from 'vitest';
import { emptyLobby, foldLobby, type LobbyView } from './lobby.ts';

type Fields = { type: string; [field: string]: unknown };

function lobbyAfter(...events: readonly Fields[]): LobbyView {
  return events.reduce<LobbyView>(
    (view, event, index) => foldLobby(view, { id: index + 1, at: index + 1, ...event }),
    emptyLobby,
  );
}

const conversation = (conversationId: string, more: Record<string, unknown> = {}): Fields => ({
  type: 'conversation.changed',
  ...{ conversationId, title: 'T', cwd: '/p/shop', state: 'idle', activity: '', since: null },
  ...{ lastText: '', waiting: 0, lastAt: 1, createdAt: 1 },
  ...more,
});

describe('spending', () => {
  const spent = (costUsd: number, day: string, more = {}) => conversation('a', { costUsd, day, ...more });

  test('is what a conversation costs more than before, on that day, in its folder', () => {
    const view = lobbyAfter(
      spent(0.5, '2026-11-20'),
      spent(0.5, '2026-11-21'),
      spent(0.75, '2026-11-21'),
      conversation('b', { costUsd: 0.25, day: '2026-11-21', cwd: '/p/blog' }),
      conversation('c', { costUsd: 1, day: '2026-11-21' }),
    );
    expect(view.spending).toEqual({
      '2026-11-20': { '/p/shop': 0.5 },
      '2026-11-21': { '/p/shop': 1.25, '/p/blog': 0.25 },
    });
  });

  test('stays when the conversation is deleted', () => {
    const view = lobbyAfter(spent(0.5, '2026-11-20'), {
      type: 'conversation.deleted',
      conversationId: 'a',
    });
    expect([view.conversations, view.spending]).toEqual([{}, { '2026-11-20': { '/p/shop': 0.5 } }]);
  });

  test('is not made of events without a day or a cost, nor of a cost that went back', () => {
    const view = lobbyAfter(
      conversation('a', { day: '2026-11-20' }),
      conversation('a', { costUsd: 5 }),
      spent(1, '2026-11-20'),
    );
    expect(view.spending).toEqual({});
  });

  test('is kept for sixty days', () => {
    const days = Array.from({ length: 61 }, (_, n) => new Date(Date.UTC(2026, 0, 1 + n)).toISOString());
    const events = days.map((day, n) => spent(n + 1, day.slice(0, 10)));
    expect(Object.keys(lobbyAfter(...events).spending)).toEqual(days.slice(1).map((day) => day.slice(0, 10)));
  });
});

test('a limit is known by its window, the last word counts', () => {
  const limit = (window: string, status: string) => ({
    type: 'limit.changed',
    limit: { window, status, resetsAt: 5, used: null },
  });
  const view = lobbyAfter(
    limit('five_hour', 'allowed_warning'),
    limit('seven_day', 'allowed'),
    limit('five_hour', 'rejected'),
  );
  expect(Object.values(view.limits).map(({ window, status }) => [window, status])).toEqual([
    ['five_hour', 'rejected'],
    ['seven_day', 'allowed'],
  ]);
});

test('an event of another version only moves the cursor', () => {
  expect(lobbyAfter({ type: 'lobby.painted', colour: 'red' })).toEqual({ ...emptyLobby, last: 1 });
});

const device = { deviceId: 'd', label: 'Phone', kind: 'phone', scopes: ['read'], createdAt: 1 };
test('others are told of a new device, other scopes, a new key and a removal, but not of a use or a name', () => {
  const view = lobbyAfter(
    { type: 'device.added', device },
    { type: 'device.changed', device: { ...device, usedAt: 5, address: '10.0.0.2' } },
    { type: 'device.changed', device: { ...device, label: 'Ana’s' } },
    { type: 'device.changed', device: { ...device, label: 'Ana’s', scopes: ['read', 'use'] } },
    { type: 'device.changed', device: { ...device, label: 'Ana’s', scopes: ['use', 'read'], keyedAt: 7 } },
    { type: 'device.removed', deviceId: 'd' },
  );
  expect(view.notices.map(({ noticeId, kind, label }) => [noticeId, kind, label])).toEqual([
    [1, 'added', 'Phone'],
    [4, 'scopes', 'Ana’s'],
    [5, 'key', 'Ana’s'],
    [6, 'removed', 'Ana’s'],
  ]);
});

test('a late word about a removed device does not bring it back', () => {
  const view = lobbyAfter(
    { type: 'device.added', device },
    { type: 'device.removed', deviceId: 'd' },
    { type: 'device.changed', device: { ...device, usedAt: 5 } },
  );
  expect(view.devices).toEqual({});
});
