// The computer's page that pairs a phone: the code to scan, then the digits to compare, then who is in.
import { useSignal } from '@preact/signals';
import { MonitorSmartphone } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import type { LobbyView } from '../../../daemon/protocol/lobby.ts';
import { Icon } from '../../tools/icon.tsx';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { ConnectionLine } from '../connection-line.tsx';
import { Lantern } from '../lantern.tsx';
import { PlaceLink } from '../place-link.tsx';
import { CertificateCard } from '../trust/certificate-card.tsx';
import { CodeCard } from './code-card.tsx';
import { PendingCard } from './pending-card.tsx';
import type { ShownCode } from './shown-code.ts';
import { Troubleshooting } from './troubleshooting.tsx';

export function PairComputer() {
  const { command, connection, store, access } = useApp();
  const code = useSignal<ShownCode | undefined>(undefined);
  const { trouble, isRunning, run } = useAction();
  const lobby = store.lobby.value;
  const isLive = connection.state.value.kind === 'live' && store.lobbyState.value === 'live';
  const mayPair = !isLive || access.scopes.includes('admin');
  const paired = usePaired(lobby, isLive);

  const renew = () =>
    run(async () => {
      code.value = await command('pairing.start', {});
    });
  const pending = lobby.pairings[0];
  useEffect(() => {
    if (isLive && mayPair && !pending) renew();
  }, [isLive]);
  // Guesses have killed the code to type: what is shown says so.
  useEffect(() => {
    if (lobby.codeKilledAt > 0 && code.value && isLive && mayPair) renew();
  }, [lobby.codeKilledAt]);
  // The phone that asks has used the code up.
  useEffect(() => {
    if (pending) code.value = undefined;
  }, [pending?.pairingId]);

  return (
    <main class="screen pair-page">
      <header class="bar">
        <Lantern isLit={connection.state.value.kind === 'live'} />
        <h1>Pair a phone</h1>
        <PlaceLink to={{ kind: 'devices' }} class="plain" label="Devices">
          <Icon of={MonitorSmartphone} />
        </PlaceLink>
        <PlaceLink to={{ kind: 'now' }} class="plain">
          Conversations
        </PlaceLink>
      </header>
      <ConnectionLine />
      <div class="scroll">
        {!mayPair && (
          <p class="quiet">
            Only the computer itself may pair phones: open this page from the lantern there.
          </p>
        )}
        {trouble.value !== '' && (
          <p class="trouble" role="alert">
            {trouble}
          </p>
        )}
        {paired.map((label) => (
          <p key={label} class="paired" role="status">
            {label} paired ✓
          </p>
        ))}
        {pending && <PendingCard key={pending.pairingId} pairing={pending} />}
        {!pending && code.value && (
          <CodeCard code={code.value} onRenew={renew} isRenewing={isRunning.value} />
        )}
        {!pending && !code.value && isLive && mayPair && (
          <button type="button" class="button" disabled={isRunning} onClick={renew}>
            {paired.length > 0 ? 'Pair another phone' : 'Show a new code'}
          </button>
        )}
        <CertificateCard />
        <Troubleshooting fingerprint={code.value?.fingerprint ?? ''} />
      </div>
    </main>
  );
}

/** Labels of the phones that were paired since this page came up. */
function usePaired(lobby: LobbyView, isLive: boolean): readonly string[] {
  const before = useRef<ReadonlySet<string> | undefined>(undefined);
  if (!isLive && !before.current) return [];
  before.current ??= new Set(Object.keys(lobby.devices));
  const known = before.current;
  return Object.values(lobby.devices)
    .filter((device) => device.kind === 'phone' && !known.has(device.deviceId))
    .map((device) => device.label);
}
