// What the lobby was not told of before the daemon died: the list of devices was on disk, the event about it was not. Pure.
import type { DeviceSummary } from '../protocol/lobby.ts';
import type { DeviceChange } from './devices.ts';

export function missed(
  told: Readonly<Record<string, DeviceSummary>>,
  devices: readonly DeviceSummary[],
): DeviceChange[] {
  const known = new Set(devices.map(({ deviceId }) => deviceId));
  const removed = Object.keys(told).filter((deviceId) => !known.has(deviceId));
  return [
    ...devices.flatMap((device): DeviceChange[] => {
      const before = told[device.deviceId];
      if (!before) return [{ type: 'device.added', device }];
      return isSame(before, device) ? [] : [{ type: 'device.changed', device }];
    }),
    ...removed.map((deviceId): DeviceChange => ({ type: 'device.removed', deviceId })),
  ];
}

function isSame(one: DeviceSummary, other: DeviceSummary): boolean {
  const facts = ({ deviceId, label, scopes, usedAt, address, keyedAt }: DeviceSummary) =>
    JSON.stringify([deviceId, label, scopes, usedAt, address, keyedAt]);
  return facts(one) === facts(other);
}
