// A turn that has no end: what happened, and what the person wants of it. Nothing is said to Claude again by itself, and what is
// decided here holds on every device.
import { interruptedMessages } from '../../../daemon/protocol/interrupted.ts';
import type { OpenConversation } from '../../store.ts';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';

export function Interruption({ conversation }: { conversation: OpenConversation }) {
  const { outbox, command } = useApp();
  const { conversationId } = conversation;
  const view = conversation.view.value;
  const { isRunning, trouble, run } = useAction();
  if (view.interruption === null || view.turn !== null) return null;

  const { length: count } = interruptedMessages(view);
  const settle = (behavior: 'leave' | 'retry') =>
    run(async () => void (await command('turn.settle', { conversationId, behavior })));
  return (
    <section class="interruption" aria-label="Interrupted">
      <p>Interrupted. {view.interruption}</p>
      {trouble.value !== '' && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
      {count > 0 && (
        <p class="hint">
          Retry sends your {count === 1 ? 'message' : `${count} messages`} anew. What was done by then stays
          done.
        </p>
      )}
      <div class="buttons">
        <button
          type="button"
          class="button"
          onClick={() => void outbox.add(conversationId, 'Continue from where you stopped.')}
        >
          Continue
        </button>
        {count > 0 && (
          <button type="button" class="button" disabled={isRunning.value} onClick={() => settle('retry')}>
            Retry
          </button>
        )}
        <button type="button" class="button" disabled={isRunning.value} onClick={() => settle('leave')}>
          Leave
        </button>
      </div>
    </section>
  );
}
