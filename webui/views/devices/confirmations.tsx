// What waits for somebody's yes at the computer: a dialog there, a line on the device that asked.
import { everySecond } from '../../computer-clock.ts';
import { useApp } from '../app-context.ts';
import { lazy } from '../lazy.tsx';

const ConfirmationDialog = lazy(() =>
  import('./confirmation-dialog.tsx').then((file) => file.ConfirmationDialog),
);

export function Confirmations() {
  const { store, identity } = useApp();
  const { confirmations } = store.lobby.value;
  const [first] = confirmations;
  if (!first) return null;
  if (identity.kind === 'computer')
    return <ConfirmationDialog key={first.confirmationId} confirmation={first} />;
  const own = confirmations.find(({ deviceId }) => deviceId === identity.deviceId);
  if (!own) return null;
  const left = Math.max(0, Math.ceil((own.expiresAt - everySecond.value) / 1000));
  return (
    <div class="confirm-line" role="status">
      <p>
        <strong>Confirm this on the computer</strong>
        <span class="act">
          To {own.act} · {left} s left
        </span>
      </p>
    </div>
  );
}
