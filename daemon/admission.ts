// The part of the composition root that decides who may come in and what is trusted: devices, pairing, sign-in, the computer's
// yes, trusted folders, the audit log. Ties them to the home and the lobby; nothing is decided here.
import { join } from 'node:path';
import type { Lobby } from './conversations/lobby.ts';
import { type Access, createAccess } from './pairing/access.ts';
import { type Audit, openAudit } from './pairing/audit.ts';
import { type Codes, createCodes } from './pairing/codes.ts';
import { type Confirmations, createConfirmations } from './pairing/confirmations.ts';
import { DevicesDocument } from './pairing/device-records.ts';
import {
  createDevices,
  type DeviceChange,
  type Devices,
  type Principal,
  usualScopes,
} from './pairing/devices.ts';
import { createPairings, type Pairings } from './pairing/pairings.ts';
import { createTickets, type Tickets } from './pairing/tickets.ts';
import type { Clock, Disk, EventStore, Folders, RandomBytes } from './ports.ts';
import { createTrust, type Trust, TrustDocument } from './projects/trust.ts';
import { openDocument } from './store/documents.ts';

export interface Admission {
  readonly devices: Devices;
  readonly codes: Codes;
  readonly tickets: Tickets;
  readonly access: Access;
  readonly pairings: Pairings;
  readonly confirmations: Confirmations;
  readonly trust: Trust;
  readonly audit: Audit;
  /** Whether what this device has sent may still be done: it is on the list, or is the computer itself. */
  mayAsk(deviceId: string): boolean;
  /** Whoever can open the private socket. */
  readonly owner: Principal;
}

export async function openAdmission(options: {
  home: string;
  store: EventStore;
  lobby: Lobby;
  folders: Folders;
  clock: Clock;
  random: RandomBytes;
  daemonId: string;
  disk: Disk;
  /** Something that nobody waits for went wrong. */
  failed: (error: unknown) => void;
  /** What a folder may run is another thing now. */
  trustChanged: (path: string) => void;
  /** A device is on the list no more. */
  shutOut: () => void;
}): Promise<Admission> {
  const { home, store, lobby, folders, clock, random, daemonId, disk, failed, trustChanged } = options;
  const document = await openDocument({
    path: join(home, 'state.json'),
    initial: { devices: [] },
    parse: (json) => DevicesDocument.parse(json),
    disk,
  });
  const trusted = await openDocument({
    path: join(home, 'trusted-folders.json'),
    initial: { folders: [] },
    parse: (json) => TrustDocument.parse(json),
    disk,
  });
  const audit = await openAudit(store, clock);
  const devices = createDevices({
    ...{ document, clock, random, failed },
    async changed(change) {
      const words = entryWords(change, lobby);
      if (change.type === 'device.removed') codes.forget(change.deviceId);
      await lobby.record(change);
      if (change.type === 'device.removed') options.shutOut();
      if (words === undefined || change.type === 'device.removed') return;
      const { deviceId, label } = change.device;
      await audit.record({ deviceId, label, act: change.type, words });
    },
  });
  const codes = createCodes({
    ...{ clock, random },
    killed: () => {
      lobby.record({ type: 'code.killed' }).catch(failed);
    },
  });
  const owner: Principal = {
    deviceId: 'computer',
    label: 'This computer',
    kind: 'computer',
    scopes: [...usualScopes, 'admin'],
    revoked: new AbortController().signal,
  };
  return {
    ...{ devices, codes, audit, owner },
    tickets: createTickets({ clock, random }),
    access: createAccess({ devices, clock, random, daemonId }),
    pairings: createPairings({ codes, devices, clock, random, daemonId, tell: lobby.record }),
    confirmations: createConfirmations({ clock, random, tell: lobby.record }),
    trust: createTrust({ document: trusted, folders, clock, changed: trustChanged }),
    mayAsk: (deviceId) => deviceId === owner.deviceId || devices.find(deviceId) !== undefined,
  };
}

/** What the audit log says of a change that no command of somebody's has told it of. */
function entryWords(change: DeviceChange, { accepted }: Lobby): string | undefined {
  if (change.type === 'device.removed' || change.device.kind === 'token') return undefined;
  const { deviceId, scopes, keyedAt } = change.device;
  if (change.type === 'device.added') return `was let in (${scopes.join(', ')})`;
  return keyedAt === accepted.devices[deviceId]?.keyedAt ? undefined : 'goes on with a new key';
}
