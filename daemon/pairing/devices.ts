// The devices that may speak to this daemon, and its API tokens. Scopes come from here and from nowhere else, and count from
// the moment they are changed, for what is open already too.
import { createPublicKey, randomUUID, timingSafeEqual, verify } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import type { Clock, Document, RandomBytes } from '../ports.ts';
import { AppError } from '../protocol/errors.ts';
import type { DeviceSummary, Scope } from '../protocol/lobby.ts';
import type { PublicJwk } from '../protocol/pairing.ts';
import {
  type DeviceRecord,
  type DevicesDocument,
  hashOf,
  type KeyRecord,
  summaryOf,
} from './device-records.ts';

/** What a phone or token may do unless the person says otherwise: talk and approve, but not let others in. */
export const usualScopes: readonly Scope[] = ['read', 'use', 'approve'];

/** How old the last use on record may be before another is written, ms. */
const useRecordMs = { device: 60_000, token: 600_000 };

/** Who is asking, as the server's own record says. */
export interface Principal {
  readonly deviceId: string;
  readonly label: string;
  /** `computer`: whoever sits at it, through the private socket, the tray, or a browser that the tray opened. */
  readonly kind: DeviceSummary['kind'];
  /** As they are at this moment. */
  readonly scopes: readonly Scope[];
  /** Fires when the device is revoked or its key is replaced: whatever it has open must close. */
  readonly revoked: AbortSignal;
}

export type DeviceChange =
  | { readonly type: 'device.added' | 'device.changed'; readonly device: DeviceSummary }
  | { readonly type: 'device.removed'; readonly deviceId: string };

interface NewKey {
  readonly jwk: PublicJwk;
  /** Where it came from. */
  readonly address: string;
  readonly pairingId?: string;
}

export interface Devices {
  list(): readonly DeviceSummary[];
  /** Adds a device by its public key; resolves when it is on disk. */
  add(
    device: NewKey & { label: string; kind: 'phone' | 'computer'; scopes: readonly Scope[] },
  ): Promise<DeviceSummary>;
  /** A new API token `plt_…` (256 bits). It is returned here once and never again. */
  addToken(token: {
    label: string;
    scopes: readonly Scope[];
  }): Promise<{ token: string; device: DeviceSummary }>;
  /** Rejects with `not_found`, as all that follow. */
  rename(deviceId: string, label: string): Promise<void>;
  changeScopes(deviceId: string, scopes: readonly Scope[]): Promise<void>;
  /** The device goes on with another key; what was open with the old one is closed at once. */
  changeKey(deviceId: string, key: NewKey): Promise<void>;
  /** Whether it is a phone, whose key another may take the place of. */
  mayReplace(deviceId: string): boolean;
  /** A ticket for `move`; the one before dies. */
  prepareMove(deviceId: string): Promise<string>;
  /** As `changeKey`, for who has the ticket; false when it is not the device's, or is used up. */
  move(deviceId: string, ticket: string, key: NewKey): Promise<boolean>;
  /** What the device has open is told at once. */
  revoke(deviceId: string): Promise<void>;
  /** It was used from there just now; on record to about a minute, tokens to ten. */
  used(deviceId: string, address: string): void;
  /** Resolves when what nobody waits for is on disk. */
  close(): Promise<void>;
  find(deviceId: string): Principal | undefined;
  findToken(token: string): Principal | undefined;
  /** The device whose key this pairing let in. */
  pairedBy(pairingId: string): string | undefined;
  /** Whether `signature` (raw r‖s, base64url) over `text` was made with the device's key. */
  verify(deviceId: string, text: string, signature: string): boolean;
}

export function createDevices(options: {
  document: Document<DevicesDocument>;
  clock: Clock;
  random: RandomBytes;
  changed: (change: DeviceChange) => Promise<void>;
  failed: (error: unknown) => void;
}): Devices {
  const { document, clock, random, changed, failed } = options;
  const open = new Map<string, { readonly principal: Principal; close(): void }>();
  const recordings = new Set<Promise<void>>();
  const all = () => document.value.devices;
  const record = (deviceId: string) => all().find((device) => device.deviceId === deviceId);
  const secret = () => Buffer.from(random(32)).toString('base64url');

  function keyRecord(deviceId: string): KeyRecord | undefined {
    const device = record(deviceId);
    return device && device.kind !== 'token' ? device : undefined;
  }

  function known(deviceId: string): DeviceRecord {
    const device = record(deviceId);
    if (!device) throw new AppError('not_found', 'There is no such device.');
    return device;
  }

  function closeAll(deviceId: string): void {
    open.get(deviceId)?.close();
    open.delete(deviceId);
  }

  async function save(device: DeviceRecord): Promise<DeviceSummary> {
    await document
      .update(({ devices }) => ({ devices: [...devices, device] }))
      .catch((error: unknown) => {
        // What is not on disk has not been let in.
        document.update(({ devices }) => ({ devices: devices.filter((d) => d !== device) })).catch(failed);
        throw error;
      });
    const summary = summaryOf(device);
    await changed({ type: 'device.added', device: summary });
    return summary;
  }

  async function change(deviceId: string, to: (device: DeviceRecord) => DeviceRecord): Promise<void> {
    known(deviceId);
    await document.update(({ devices }) => ({
      devices: devices.map((device) => (device.deviceId === deviceId ? to(device) : device)),
    }));
    const device = record(deviceId);
    if (device) await changed({ type: 'device.changed', device: summaryOf(device) });
  }

  /** `isRight`: looked at in the tick in which the key changes, so that of two who come at once one gets through. */
  async function replaceKey(options: {
    deviceId: string;
    key: NewKey;
    isRight: (device: KeyRecord) => boolean;
  }): Promise<boolean> {
    const { deviceId, key, isRight } = options;
    let isDone = false;
    const changing = change(deviceId, (device) => {
      if (device.kind === 'token' || !isRight(device)) return device;
      isDone = true;
      const { moveHash: _, pairingId: __, ...rest } = device;
      return { ...rest, ...key, keyedAt: clock.now() };
    });
    if (isDone) closeAll(deviceId);
    await changing;
    return isDone;
  }

  /** The same object as long as what the device has open may stay so. */
  function principalOf(device: DeviceRecord | undefined): Principal | undefined {
    if (!device) return undefined;
    const { deviceId, kind } = device;
    const known = open.get(deviceId);
    if (known) return known.principal;
    const controller = new AbortController();
    // All that the device has open listens.
    setMaxListeners(0, controller.signal);
    const principal: Principal = {
      ...{ deviceId, kind, revoked: controller.signal },
      get label() {
        return record(deviceId)?.label ?? device.label;
      },
      get scopes() {
        return record(deviceId)?.scopes ?? [];
      },
    };
    open.set(deviceId, { principal, close: () => controller.abort() });
    return principal;
  }

  return {
    list: () => all().map(summaryOf),
    add: ({ label, scopes, ...rest }) =>
      save({
        ...{ deviceId: randomUUID(), label, model: label, scopes: [...scopes], createdAt: clock.now() },
        ...rest,
      }),
    async addToken({ label, scopes }) {
      const token = `plt_${secret()}`;
      const base = { deviceId: randomUUID(), label, scopes: [...scopes], createdAt: clock.now() };
      const device = await save({ ...base, kind: 'token', tokenHash: hashOf(token) });
      return { token, device };
    },
    rename: (deviceId, label) => change(deviceId, (device) => ({ ...device, label })),
    changeScopes: (deviceId, scopes) => change(deviceId, (device) => ({ ...device, scopes: [...scopes] })),
    async changeKey(deviceId, key) {
      await replaceKey({ deviceId, key, isRight: () => true });
    },
    move: (deviceId, ticket, key) =>
      replaceKey({
        ...{ deviceId, key },
        isRight: ({ moveHash }) => moveHash !== undefined && isSame(moveHash, hashOf(ticket)),
      }),
    mayReplace: (deviceId) => record(deviceId)?.kind === 'phone',
    async prepareMove(deviceId) {
      const ticket = secret();
      const moveHash = hashOf(ticket);
      if (!keyRecord(deviceId)) throw new AppError('not_found', 'There is no such device.');
      await document.update(({ devices }) => ({
        devices: devices.map((device) =>
          device.deviceId === deviceId && device.kind !== 'token' ? { ...device, moveHash } : device,
        ),
      }));
      return ticket;
    },
    async revoke(deviceId) {
      known(deviceId);
      const written = document.update(({ devices }) => ({
        devices: devices.filter((d) => d.deviceId !== deviceId),
      }));
      closeAll(deviceId);
      await written;
      await changed({ type: 'device.removed', deviceId });
    },
    used(deviceId, address) {
      const device = record(deviceId);
      if (!device) return;
      const usedAt = clock.now();
      const pause = device.kind === 'token' ? useRecordMs.token : useRecordMs.device;
      const age = usedAt - (device.usedAt ?? 0);
      // A clock that was set back must not keep it from being written.
      if (device.address === address && age >= 0 && age < pause) return;
      const recording = change(deviceId, (now) => ({ ...now, usedAt, address })).catch(failed);
      recordings.add(recording);
      void recording.then(() => recordings.delete(recording));
    },
    async close() {
      await Promise.all(recordings);
    },
    find: (deviceId) => principalOf(record(deviceId)),
    findToken(token) {
      const hash = hashOf(token);
      return principalOf(all().find((d) => d.kind === 'token' && isSame(d.tokenHash, hash)));
    },
    pairedBy: (pairingId) => all().find((d) => d.kind !== 'token' && d.pairingId === pairingId)?.deviceId,
    verify(deviceId, text, signature) {
      const device = keyRecord(deviceId);
      if (!device) return false;
      const key = createPublicKey({ key: { ...device.jwk }, format: 'jwk' });
      const bytes = Buffer.from(signature, 'base64url');
      return verify('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' }, bytes);
    },
  };
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}
