// What is kept of a device or API token: public keys and hashes only, so that reading the file gives nobody a way in.
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import { DeviceSummary } from '../protocol/lobby.ts';
import { PublicJwk } from '../protocol/pairing.ts';

const { deviceId, label, scopes, createdAt, usedAt, address, model, keyedAt } = DeviceSummary.shape;
const shared = { deviceId, label, scopes, createdAt, usedAt, address, model, keyedAt };

/** A device that signs in with a key. */
export const KeyRecord = z.object({
  ...shared,
  kind: z.enum(['phone', 'computer']),
  jwk: PublicJwk,
  /** Of the ticket with which it may go on at another address. */
  moveHash: z.optional(z.string()),
  /** The pairing that let in its present key, for a phone that asks how it ended after the daemon has started anew. */
  pairingId: z.optional(z.string()),
});
export type KeyRecord = z.infer<typeof KeyRecord>;

const DeviceRecord = z.discriminatedUnion('kind', [
  KeyRecord,
  z.object({ ...shared, kind: z.literal('token'), tokenHash: z.string() }),
]);
export type DeviceRecord = z.infer<typeof DeviceRecord>;

export const DevicesDocument = z.object({ devices: z.array(DeviceRecord) });
export type DevicesDocument = z.infer<typeof DevicesDocument>;

/** What others may know of it. */
export function summaryOf(record: DeviceRecord): DeviceSummary {
  return DeviceSummary.parse(record);
}

export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
