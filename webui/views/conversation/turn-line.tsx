// The line below the transcript while Claude works: what it does now, why it waits, and for how long already.
import type { ConversationView } from '../../../daemon/protocol/view.ts';
import { everySecond } from '../../computer-clock.ts';
import { durationWords } from '../../time-words.ts';
import { turnWords } from './turn-words.ts';

export function TurnLine({ view }: { view: ConversationView }) {
  const { turn, unanswered, queue, isAwaitingRun } = view;
  if (!turn && isAwaitingRun && queue.length + unanswered.length > 0)
    return <p class="working-line">Waiting for another conversation to finish…</p>;
  if (!turn) return unanswered.length > 0 ? <p class="working-line">Starting Claude…</p> : null;
  const now = everySecond.value;
  const isWaiting = turn.retry !== null && !turn.stopping;
  return (
    <p class={isWaiting ? 'working-line retry' : 'working-line'} role="status">
      <span class="beacon" aria-hidden="true" />
      <span class="doing" dir="auto">
        {turnWords(view, now)}
      </span>
      <time aria-hidden="true">{durationWords(now - turn.startedAt)}</time>
    </p>
  );
}
