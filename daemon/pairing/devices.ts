// The devices that may speak to this daemon, and its API tokens: public keys and hashes only, so that reading the file gives
// nobody a way in. Scopes come from here and from nowhere else.
import { createHash, createPublicKey, randomUUID, verify } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import * as z from 'zod/mini';
import type { Clock, Document, RandomBytes } from '../ports.ts';
import { AppError } from '../protocol/errors.ts';
import { type DeviceSummary, Scope } from '../protocol/lobby.ts';
import { PublicJwk } from '../protocol/pairing.ts';

const shared = { deviceId: z.string(), label: z.string(), scopes: z.array(Scope), createdAt: z.number() };
const DeviceRecord = z.discriminatedUnion('kind', [
  z.object({ ...shared, kind: z.enum(['phone', 'computer']), jwk: PublicJwk }),
  z.object({ ...shared, kind: z.literal('token'), tokenHash: z.string() }),
]);
type DeviceRecord = z.infer<typeof DeviceRecord>;

export const DevicesDocument = z.object({ devices: z.array(DeviceRecord) });
export type DevicesDocument = z.infer<typeof DevicesDocument>;

/** What a phone or token may do unless the person says otherwise: talk and approve, but not let others in. */
export const usualScopes: readonly Scope[] = ['read', 'use', 'approve'];

/** Who is asking, as the server's own record says. */
export interface Principal {
  readonly deviceId: string;
  readonly label: string;
  /** `computer`: whoever sits at it, through the private socket, the tray, or a browser that the tray opened. */
  readonly kind: DeviceSummary['kind'];
  readonly scopes: readonly Scope[];
  /** Fires when the device is revoked: whatever it has open must close. */
  readonly revoked: AbortSignal;
}

export interface Devices {
  list(): readonly DeviceSummary[];
  /** Adds a device by its public key; resolves when it is on disk. */
  add(device: {
    label: string;
    kind: 'phone' | 'computer';
    jwk: PublicJwk;
    scopes: readonly Scope[];
  }): Promise<DeviceSummary>;
  /** A new API token `plt_…` (256 bits). It is returned here once and never again. */
  addToken(token: {
    label: string;
    scopes: readonly Scope[];
  }): Promise<{ token: string; device: DeviceSummary }>;
  /** Rejects with `not_found`. What the device has open is told at once. */
  revoke(deviceId: string): Promise<void>;
  find(deviceId: string): Principal | undefined;
  findToken(token: string): Principal | undefined;
  /** Whether `signature` (raw r‖s, base64url) over `text` was made with the device's key. */
  verify(deviceId: string, text: string, signature: string): boolean;
}

export function createDevices(options: {
  document: Document<DevicesDocument>;
  clock: Clock;
  random: RandomBytes;
  changed: (change: { added: DeviceSummary } | { removed: string }) => Promise<void>;
}): Devices {
  const { document, clock, random, changed } = options;
  const open = new Map<string, AbortController>();
  const record = (deviceId: string) => document.value.devices.find((device) => device.deviceId === deviceId);

  async function save(device: DeviceRecord): Promise<DeviceSummary> {
    await document.update(({ devices }) => ({ devices: [...devices, device] }));
    const summary = summaryOf(device);
    await changed({ added: summary });
    return summary;
  }

  function principal(device: DeviceRecord | undefined): Principal | undefined {
    if (!device) return undefined;
    const { deviceId, label, kind, scopes } = device;
    const controller = open.get(deviceId) ?? new AbortController();
    open.set(deviceId, controller);
    // All that the device has open listens.
    setMaxListeners(0, controller.signal);
    return { deviceId, label, kind, scopes, revoked: controller.signal };
  }

  return {
    list: () => document.value.devices.map(summaryOf),
    add: ({ label, kind, jwk, scopes }) =>
      save({ deviceId: randomUUID(), label, kind, jwk, scopes: [...scopes], createdAt: clock.now() }),
    async addToken({ label, scopes }) {
      const token = `plt_${Buffer.from(random(32)).toString('base64url')}`;
      const base = { deviceId: randomUUID(), label, scopes: [...scopes], createdAt: clock.now() };
      const device = await save({ ...base, kind: 'token', tokenHash: hashOf(token) });
      return { token, device };
    },
    async revoke(deviceId) {
      if (!record(deviceId)) throw new AppError('not_found', 'There is no such device.');
      const written = document.update(({ devices }) => ({
        devices: devices.filter((d) => d.deviceId !== deviceId),
      }));
      open.get(deviceId)?.abort();
      open.delete(deviceId);
      await written;
      await changed({ removed: deviceId });
    },
    find: (deviceId) => principal(record(deviceId)),
    findToken(token) {
      const hash = hashOf(token);
      return principal(document.value.devices.find((d) => d.kind === 'token' && d.tokenHash === hash));
    },
    verify(deviceId, text, signature) {
      const device = record(deviceId);
      if (!device || device.kind === 'token') return false;
      const key = createPublicKey({ key: { ...device.jwk }, format: 'jwk' });
      const bytes = Buffer.from(signature, 'base64url');
      return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, bytes);
    },
  };
}

function summaryOf({ deviceId, label, kind, scopes, createdAt }: DeviceRecord): DeviceSummary {
  return { deviceId, label, kind, scopes, createdAt };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
