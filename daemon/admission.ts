// The part of the composition root that decides who may come in and what is trusted: devices, pairing, sign-in, the computer's
// yes, trusted folders, the audit log. Ties them to the home and the lobby; nothing is decided here.
import { join } from 'node:path';
import type { Lobby } from './conversations/lobby.ts';
import { type Access, createAccess } from './pairing/access.ts';
import { type Audit, openAudit } from './pairing/audit.ts';
import { type Codes, createCodes } from './pairing/codes.ts';
import { type Confirmations, createConfirmations } from './pairing/confirmations.ts';
import {
  createDevices,
  type Devices,
  DevicesDocument,
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
  /** What a folder may run is another thing now. */
  trustChanged: (path: string) => void;
}): Promise<Admission> {
  const { home, store, lobby, folders, clock, random, daemonId, disk, trustChanged } = options;
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
    ...{ document, clock, random },
    async changed(change) {
      await lobby.record(
        'added' in change
          ? { type: 'device.added', device: change.added }
          : { type: 'device.removed', deviceId: change.removed },
      );
      if (!('added' in change) || change.added.kind === 'token') return;
      const { deviceId, label, scopes } = change.added;
      await audit.record({
        deviceId,
        label,
        act: 'device.added',
        words: `was let in (${scopes.join(', ')})`,
      });
    },
  });
  const codes = createCodes({ clock, random });
  return {
    ...{ devices, codes, audit },
    tickets: createTickets({ clock, random }),
    access: createAccess({ devices, clock, random, daemonId }),
    pairings: createPairings({ codes, devices, clock, random, daemonId, tell: lobby.record }),
    confirmations: createConfirmations({ clock, random, tell: lobby.record }),
    trust: createTrust({ document: trusted, folders, clock, changed: trustChanged }),
    owner: {
      deviceId: 'computer',
      label: 'This computer',
      kind: 'computer',
      scopes: [...usualScopes, 'admin'],
      revoked: new AbortController().signal,
    },
  };
}
