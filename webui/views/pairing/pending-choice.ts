// Which phones the one that asks may take the place of. Pure.
import type { DeviceSummary, LobbyView, PendingPairing } from '../../../daemon/protocol/lobby.ts';

/** Phones that call themselves as the one that asks does, those used last first: it may have lost its key. */
export function lookalikes(lobby: LobbyView, { label }: PendingPairing): DeviceSummary[] {
  return Object.values(lobby.devices)
    .filter((device) => device.kind === 'phone' && (device.model === label || device.label === label))
    .toSorted((a, b) => (b.usedAt ?? b.createdAt) - (a.usedAt ?? a.createdAt));
}
