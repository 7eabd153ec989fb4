// Says when Claude Code on the computer is not ready, and the exact words that mend it.
import type { ClaudeHealth } from '../../../daemon/protocol/lobby.ts';
import { CopyButton } from '../../markdown/copy-button.tsx';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { PlaceLink } from '../place-link.tsx';

export function HealthLine({ health }: { health: ClaudeHealth }) {
  const { command } = useApp();
  const { isRunning, trouble, run } = useAction();
  if (health.state === 'ready' || health.state === 'unknown') return null;
  const check = () => run(async () => void (await command('claude.check', {})));
  return (
    <section class="health" aria-label="Claude Code">
      <p>{health.sentence}</p>
      {health.fix !== '' && (
        <div class="fix">
          <code>{health.fix}</code>
          <CopyButton text={health.fix} />
        </div>
      )}
      {trouble.value !== '' && <p role="alert">{trouble}</p>}
      <div class="acts">
        <button type="button" class="button" disabled={isRunning} onClick={check}>
          {isRunning.value ? 'Looking…' : 'Look again'}
        </button>
        <PlaceLink to={{ kind: 'doctor' }} class="plain">
          Look at everything
        </PlaceLink>
      </div>
    </section>
  );
}
