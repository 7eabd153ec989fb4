// One line for a limit of the person's plan that is near or reached, until it has passed. A tap shows all of the usage.
import { Gauge } from 'lucide';
import { everyMinute } from '../../computer-clock.ts';
import { Icon } from '../../tools/icon.tsx';
import { useApp } from '../app-context.ts';
import { limitState, percent, pressingLimits, resetWords, windowWords } from './limit-words.ts';
import type { Limit } from '../../../daemon/protocol/usage.ts';

/** `conversationId`: the conversation that the line stands in; null on Now. */
export function LimitLine({ conversationId }: { conversationId: string | null }) {
  const { store, navigation } = useApp();
  const now = everyMinute.value;
  const [limit] = pressingLimits(store.lobby.value.limits, now);
  if (!limit) return null;
  return (
    <button
      type="button"
      class={`limit-line ${limitState(limit, now)}`}
      aria-haspopup="dialog"
      onClick={() => navigation.show({ name: 'usage', conversationId })}
    >
      <Icon of={Gauge} />
      <span>{lineWords(limit, now)}</span>
    </button>
  );
}

function lineWords(limit: Limit, now: number): string {
  const { window, used, resetsAt } = limit;
  const name = windowWords(window);
  const reset = resetsAt === null ? '' : ` Resets ${resetWords(resetsAt, now)}.`;
  if (limitState(limit, now) === 'reached') return `${name} used up.${reset}`;
  return used === null ? `${name} nearly used up.${reset}` : `${percent(used)} of the ${name} used.${reset}`;
}
