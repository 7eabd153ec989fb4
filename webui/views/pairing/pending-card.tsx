// A phone that asks to be let in: its digits, and the two answers. Deny has the focus, and Allow takes a breath before it
// works, so that nobody allows by a stray key.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { PendingPairing } from '../../../daemon/protocol/lobby.ts';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { digitGroups } from './digits.ts';

const breathMs = 1000;

export function PendingCard({ pairing }: { pairing: PendingPairing }) {
  const { command } = useApp();
  const { isRunning, trouble, run } = useAction();
  const mayAllow = useSignal(false);
  const { pairingId, label, address, digits } = pairing;
  useEffect(() => {
    const timer = setTimeout(() => {
      mayAllow.value = true;
    }, breathMs);
    return () => clearTimeout(timer);
  }, []);
  const answer = (behavior: 'allow' | 'deny') =>
    run(async () => void (await command('pairing.answer', { pairingId, behavior })));

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
      {trouble.value !== '' && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
      <div class="buttons">
        <button
          type="button"
          class="button"
          disabled={isRunning}
          ref={focusOnce}
          onClick={() => answer('deny')}
        >
          Deny
        </button>
        <button
          type="button"
          class="button primary"
          disabled={!mayAllow.value || isRunning.value}
          onClick={() => answer('allow')}
        >
          Allow
        </button>
      </div>
    </section>
  );
}

function focusOnce(button: HTMLButtonElement | null): void {
  if (button && button.dataset['focused'] === undefined) {
    button.dataset['focused'] = '';
    button.focus();
  }
}
