// On the computer's own page: what a phone or token wants done that needs a yes here. Lies over whatever is open; Deny has the
// focus, and Allow takes a breath before it works.
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { PendingConfirmation } from '../../../daemon/protocol/confirmations.ts';
import { everySecond } from '../../computer-clock.ts';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';

const breathMs = 1000;

export function ConfirmationDialog({ confirmation }: { confirmation: PendingConfirmation }) {
  const { command } = useApp();
  const { isRunning, trouble, run } = useAction();
  const mayAllow = useSignal(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const deny = useRef<HTMLButtonElement>(null);
  const { confirmationId, label, act, expiresAt } = confirmation;
  useEffect(() => {
    dialog.current?.showModal();
    deny.current?.focus();
    const timer = setTimeout(() => {
      mayAllow.value = true;
    }, breathMs);
    return () => {
      clearTimeout(timer);
      dialog.current?.close();
    };
  }, []);
  const answer = (behavior: 'allow' | 'deny') =>
    run(async () => void (await command('confirmation.answer', { confirmationId, behavior })));
  const left = Math.max(0, Math.ceil((expiresAt - everySecond.value) / 1000));

  return (
    <dialog
      ref={dialog}
      class="confirmation"
      role="alertdialog"
      aria-labelledby="confirmation-title"
      aria-describedby="confirmation-act"
      // It goes away by an answer, not by a stray key.
      onCancel={(event) => event.preventDefault()}
    >
      <h2 id="confirmation-title">“{label}” asks for your yes</h2>
      <p id="confirmation-act">
        It wants to <strong>{act}</strong>.
      </p>
      <p class="aside">Allow it only if you asked for it there yourself. {left} s left.</p>
      {trouble.value !== '' && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
      <div class="buttons">
        <button type="button" class="button" ref={deny} disabled={isRunning} onClick={() => answer('deny')}>
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
    </dialog>
  );
}
