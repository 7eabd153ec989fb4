// What stands below the log: what Claude does now, an interruption, and messages that Claude is about to get.
import type { ConversationView } from '../../../daemon/protocol/view.ts';
import { everySecond } from '../../computer-clock.ts';
import type { OpenConversation } from '../../store.ts';
import type { OutboxEntry } from '../../outbox-entries.ts';
import { durationWords } from '../../time-words.ts';
import { useApp } from '../app-context.ts';
import { Bubble } from './message.tsx';
import { retryWords } from './retry-words.ts';
import { useUnsent } from './use-unsent.ts';
import { waitsAboveComposer } from './waiting.ts';

export function Below({ conversation }: { conversation: OpenConversation }) {
  const { conversationId } = conversation;
  const view = conversation.view.value;
  const isAbove = waitsAboveComposer(view);
  const unsent = useUnsent(conversation).filter(({ state }) => !isAbove || state === 'refused');
  const queue = isAbove ? [] : view.queue;
  return (
    <>
      <Working view={view} />
      {view.interruption !== null && view.turn === null && (
        <Interruption conversationId={conversationId} reason={view.interruption} />
      )}
      {queue.map((message) => (
        <div key={message.clientId} class="item message queued">
          <Bubble text={message.text} state={message.state} at={message.at} />
        </div>
      ))}
      {unsent.map((entry) => (
        <Unsent key={entry.clientId} entry={entry} />
      ))}
    </>
  );
}

function Working({ view }: { view: ConversationView }) {
  const { turn } = view;
  if (!turn) return view.unanswered.length > 0 ? <p class="working-line">Starting Claude…</p> : null;
  const now = everySecond.value;
  const words = turn.stopping ? 'Stopping…' : turn.retry ? retryWords(turn.retry, now) : doing(view);
  return (
    <p class={turn.retry ? 'working-line retry' : 'working-line'} role="status">
      <span class="beacon" aria-hidden="true" />
      <span>{words}</span>
      <time aria-hidden="true">{durationWords(now - turn.startedAt)}</time>
    </p>
  );
}

/** What is open is seen in the transcript itself; this only says that it goes on. */
function doing(view: ConversationView): string {
  if (view.requests.length > 0) return 'Waiting for you';
  return 'Working';
}

function Interruption({ conversationId, reason }: { conversationId: string; reason: string }) {
  const { outbox } = useApp();
  return (
    <div class="interruption">
      <p>Interrupted. {reason}</p>
      <button
        type="button"
        class="button"
        onClick={() => void outbox.add(conversationId, 'Continue from where you stopped.')}
      >
        Continue
      </button>
    </div>
  );
}

function Unsent({ entry }: { entry: OutboxEntry }) {
  const { outbox } = useApp();
  const state = entry.state === 'refused' ? 'refused' : entry.state === 'waiting' ? 'here' : 'sent';
  return (
    <div class="item message queued">
      <Bubble text={entry.text} state={state} at={entry.at} />
      {entry.state === 'refused' && (
        <div class="choices">
          <span class="cause">{entry.reason}</span>
          <button type="button" class="button" onClick={() => void outbox.retry(entry.clientId)}>
            Send again
          </button>
          <button type="button" class="button" onClick={() => void outbox.remove(entry.clientId)}>
            Remove
          </button>
        </div>
      )}
    </div>
  );
}
