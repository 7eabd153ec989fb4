// One line on every screen for as long as nothing new is given to Claude: who paused, and the way on for whoever may.
import type { Pause } from '../../daemon/protocol/lobby.ts';
import { clockWords } from '../time-words.ts';
import { useAction } from './action.ts';
import { useApp } from './app-context.ts';

export function PausedLine() {
  const { store, access } = useApp();
  const { paused } = store.lobby.value;
  if (!paused) return null;
  return (
    <section class="paused-line" role="status" aria-label="Paused">
      <p>
        {pausedWords(paused)} <span class="next">What you send waits.</span>
      </p>
      {access.scopes.includes('approve') && <Resume />}
    </section>
  );
}

function Resume() {
  const { command } = useApp();
  const { isRunning, trouble, run } = useAction();
  const resume = () => run(async () => void (await command('daemon.resume', {})));
  return (
    <>
      {trouble.value !== '' && <p role="alert">{trouble}</p>}
      <button type="button" class="plain" disabled={isRunning.value} onClick={resume}>
        Resume
      </button>
    </>
  );
}

function pausedWords({ deviceId, label, at }: Pause): string {
  const place = deviceId === 'computer' ? 'at the computer' : `on ${label}`;
  return `Paused ${place} at ${clockWords(at)}.`;
}
