// What the lobby was not told of before the daemon died.
import { expect, test } from 'vitest';
import type { DeviceSummary } from '../protocol/lobby.ts';
import { missed } from './missed-changes.ts';

const device = (deviceId: string, change: Partial<DeviceSummary> = {}): DeviceSummary => ({
  ...{ deviceId, label: 'Phone', kind: 'phone', scopes: ['read'], createdAt: 1 },
  ...change,
});

test('what was added, changed or removed is told afterwards, and the rest is not told again', () => {
  const told = {
    same: device('same', { usedAt: 3 }),
    other: device('other'),
    gone: device('gone'),
  };
  const changed = device('other', { scopes: ['read', 'use'] });
  expect(missed(told, [device('same', { usedAt: 3 }), changed, device('new')])).toEqual([
    { type: 'device.changed', device: changed },
    { type: 'device.added', device: device('new') },
    { type: 'device.removed', deviceId: 'gone' },
  ]);
});
