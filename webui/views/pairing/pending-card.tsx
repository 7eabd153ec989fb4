// A phone that asks to be let in: its digits, what it may do, and the two answers. Deny has the focus, and Allow takes a
// breath before it works, so that nobody allows by a stray key.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { PendingPairing, Scope } from '../../../daemon/protocol/lobby.ts';
import { scopeWords } from '../../../daemon/protocol/scope-words.ts';
import { computerNow } from '../../computer-clock.ts';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { usedWords } from '../devices/device-words.ts';
import { digitGroups } from './digits.ts';
import { lookalikes } from './pending-choice.ts';
import { ScopeChoice } from './scope-choice.tsx';

const breathMs = 1000;
const usualScopes: readonly Scope[] = ['read', 'use', 'approve'];

export function PendingCard({ pairing }: { pairing: PendingPairing }) {
  const { command, store } = useApp();
  const { isRunning, trouble, run } = useAction();
  const mayAllow = useSignal(false);
  const scopes = useSignal<readonly Scope[]>(pairing.scopes ?? usualScopes);
  const replaces = useSignal<string | undefined>(undefined);
  const { pairingId, label, address, digits } = pairing;
  const known = lookalikes(store.lobby.value, pairing);
  const replaced = known.find(({ deviceId }) => deviceId === replaces.value);
  useEffect(() => {
    const timer = setTimeout(() => {
      mayAllow.value = true;
    }, breathMs);
    return () => clearTimeout(timer);
  }, []);
  const deny = () => run(async () => void (await command('pairing.answer', { pairingId, behavior: 'deny' })));
  const allow = () =>
    run(async () => {
      const how = replaced ? { replaces: replaced.deviceId } : { scopes: [...scopes.value] };
      await command('pairing.answer', { pairingId, behavior: 'allow', ...how });
    });

  return (
    <section
      class="pending-card"
      role="alertdialog"
      aria-labelledby="pending-title"
      aria-describedby="pending-digits"
    >
      <h2 id="pending-title">Does the phone show these digits?</h2>
      <p class="digits" id="pending-digits">
        {digitGroups(digits).map((group, index) => (
          <span key={index}>{group}</span>
        ))}
      </p>
      <p>
        {label}, from <span dir="ltr">{address}</span>, wants to use Claude on this computer.
      </p>
      {known.length > 0 && (
        <fieldset class="picks">
          <legend>Is it new here?</legend>
          <label class="pick">
            <input
              type="radio"
              name="replaces"
              checked={!replaced}
              onChange={() => {
                replaces.value = undefined;
              }}
            />
            <span>Yes, it is a new one</span>
          </label>
          {known.map((device) => (
            <label key={device.deviceId} class="pick">
              <input
                type="radio"
                name="replaces"
                checked={replaced === device}
                onChange={() => {
                  replaces.value = device.deviceId;
                }}
              />
              <span>
                Replace “{device.label}” <span class="soft">{usedWords(device, computerNow())}</span>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      {replaced ? (
        <p class="aside">
          It keeps the name and may {scopeWords(replaced.scopes)}, as before. The old one is shut out.
        </p>
      ) : (
        <ScopeChoice
          legend="It may…"
          group="scopes"
          scopes={scopes.value}
          onChange={(chosen) => {
            scopes.value = chosen;
          }}
        />
      )}
      {trouble.value !== '' && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
      <div class="buttons">
        <button type="button" class="button" disabled={isRunning} ref={focusOnce} onClick={deny}>
          Deny
        </button>
        <button
          type="button"
          class="button primary"
          disabled={!mayAllow.value || isRunning.value}
          onClick={allow}
        >
          Allow
        </button>
      </div>
    </section>
  );
}

/** When it comes up, and not again at each change. */
function focusOnce(button: HTMLButtonElement | null): void {
  if (button && button.dataset['focused'] === undefined) {
    button.dataset['focused'] = '';
    button.focus();
  }
}
