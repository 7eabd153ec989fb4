// What is told of a device, in few words. Pure: `now` is always given.
import type { DeviceSummary, Notice } from '../../../daemon/protocol/lobby.ts';
import { scopeWords } from '../../../daemon/protocol/scope-words.ts';
import { agoWords } from '../../time-words.ts';

export function kindWords(kind: DeviceSummary['kind']): string {
  return { phone: 'Phone', computer: 'Computer', token: 'API token' }[kind];
}

/** `used now`, `used 14:02`, `never used`. */
export function usedWords({ usedAt }: DeviceSummary, now: number): string {
  return usedAt === undefined ? 'never used' : `used ${agoWords(usedAt, now)}`;
}

/** `Phone · used 14:02 · 192.168.1.7`. */
export function factsOf(device: DeviceSummary, now: number): string {
  const { kind, address } = device;
  return [kindWords(kind), usedWords(device, now), ...(address ? [address] : [])].join(' · ');
}

/** One sentence for the others. */
export function noticeWords({ kind, label, deviceKind, scopes }: Notice): string {
  const thing = deviceKind === 'token' ? `The API token “${label}”` : `“${label}”`;
  switch (kind) {
    case 'added':
      return deviceKind === 'token' ? `${thing} was made.` : `${thing} was let in.`;
    case 'removed':
      return `${thing} was removed.`;
    case 'scopes':
      return `${thing} may now ${scopeWords(scopes)}.`;
    case 'key':
      return `${thing} has a new key: it was paired anew, or came from another address.`;
    default:
      return kind satisfies never;
  }
}

/**
 * What this device has not put away yet, oldest first: nothing about itself, and nothing from before it came in.
 * `putAway`: id of the last notice that was.
 */
export function openNotices(
  notices: readonly Notice[],
  { self, putAway }: { self: string; putAway: number },
): Notice[] {
  const cameIn =
    notices.findLast(({ deviceId, kind }) => deviceId === self && kind === 'added')?.noticeId ?? 0;
  const from = Math.max(putAway, cameIn);
  return notices.filter(({ noticeId, deviceId }) => noticeId > from && deviceId !== self);
}
