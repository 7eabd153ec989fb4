// Who may come in: this device, the others, and API tokens, with what each may do; and what waits for the computer's yes.
import { ChevronLeft } from 'lucide';
import type { DeviceSummary } from '../../../daemon/protocol/lobby.ts';
import { Icon } from '../../tools/icon.tsx';
import { useApp } from '../app-context.ts';
import { ConnectionLine } from '../connection-line.tsx';
import { PlaceLink } from '../place-link.tsx';
import { DeviceRow } from './device-row.tsx';

export function Devices() {
  const { store, identity, navigation } = useApp();
  const lobby = store.lobby.value;
  const all = Object.values(lobby.devices).toSorted(newestUseFirst);
  const self = lobby.devices[identity.deviceId];
  // What this device may do changes with the record, not with its next sign-in.
  const mayManage = self?.scopes.includes('admin') ?? false;
  const devices = all.filter((one) => one.kind !== 'token' && one !== self);
  const tokens = all.filter((one) => one.kind === 'token');
  return (
    <main class="screen devices">
      <header class="bar">
        <button type="button" class="plain back" aria-label="Back" onClick={() => navigation.back()}>
          <Icon of={ChevronLeft} />
        </button>
        <h1>Devices</h1>
        {identity.kind === 'computer' && (
          <PlaceLink to={{ kind: 'pairComputer' }} class="plain">
            Pair a phone
          </PlaceLink>
        )}
      </header>
      <ConnectionLine />
      <div class="scroll">
        {lobby.confirmations.length > 0 && (
          <section aria-labelledby="waiting-yes">
            <h2 id="waiting-yes">Waits for a yes at the computer</h2>
            <ul>
              {lobby.confirmations.map(({ confirmationId, label, act }) => (
                <li key={confirmationId} class="waits">
                  “{label}” wants to {act}.
                </li>
              ))}
            </ul>
          </section>
        )}
        {self && <List title="This device" devices={[self]} mayManage={mayManage} self={identity.deviceId} />}
        <List title="Other devices" devices={devices} mayManage={mayManage} self={identity.deviceId} />
        {devices.length === 0 && <p class="quiet">No other device may come in.</p>}
        <List title="API tokens" devices={tokens} mayManage={mayManage} self={identity.deviceId} />
        {self?.scopes.includes('approve') && (
          <PlaceLink to={{ kind: 'audit' }} class="plain audit-link">
            What was allowed
          </PlaceLink>
        )}
        {self?.scopes.includes('use') && (
          <PlaceLink to={{ kind: 'doctor' }} class="plain audit-link">
            How the computer is
          </PlaceLink>
        )}
        <PlaceLink to={{ kind: 'settings' }} class="plain audit-link">
          Settings
        </PlaceLink>
      </div>
    </main>
  );
}

interface ListProps {
  readonly title: string;
  readonly devices: readonly DeviceSummary[];
  readonly mayManage: boolean;
  readonly self: string;
}

function List({ title, devices, mayManage, self }: ListProps) {
  if (devices.length === 0) return null;
  const id = `list-${title.replaceAll(' ', '-')}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <ul>
        {devices.map((device) => (
          <DeviceRow
            key={device.deviceId}
            device={device}
            isSelf={device.deviceId === self}
            mayManage={mayManage}
          />
        ))}
      </ul>
    </section>
  );
}

function newestUseFirst(a: DeviceSummary, b: DeviceSummary): number {
  return (b.usedAt ?? b.createdAt) - (a.usedAt ?? a.createdAt);
}
