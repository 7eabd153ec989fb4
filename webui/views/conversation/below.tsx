// What stands below the log: what Claude does now, an interruption, and messages that Claude is about to get.
import type { OpenConversation } from '../../store.ts';
import type { OutboxEntry } from '../../outbox-entries.ts';
import { useApp } from '../app-context.ts';
import { Bubble } from './message.tsx';
import { TurnLine } from './turn-line.tsx';
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
      <TurnLine view={view} />
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
