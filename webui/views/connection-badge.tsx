// The lantern in the bar as a button: lit while the computer is there; opens the sheet that tells how this device is connected.
import { useApp } from './app-context.ts';
import { Lantern } from './lantern.tsx';

export function ConnectionBadge() {
  const { connection, navigation } = useApp();
  const isLive = connection.state.value.kind === 'live';
  return (
    <button
      type="button"
      class="badge"
      aria-label={isLive ? 'Connection: connected' : 'Connection: not connected'}
      aria-haspopup="dialog"
      onClick={() => navigation.show({ name: 'connection' })}
    >
      <Lantern isLit={isLive} />
    </button>
  );
}
