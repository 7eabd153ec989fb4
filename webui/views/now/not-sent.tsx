// Messages that the computer has no place for any more: their conversation was deleted, or is not in the copy that the computer was
// put back from. Their words are nowhere else, so they stay until the person takes them away.
import type { OutboxEntry } from '../../outbox-entries.ts';
import { CopyButton } from '../../markdown/copy-button.tsx';
import { useApp } from '../app-context.ts';

export function NotSent() {
  const { outbox, store } = useApp();
  const { conversations } = store.lobby.value;
  const left = outbox.entries.value.filter(
    ({ conversationId, state }) => state === 'refused' && !Object.hasOwn(conversations, conversationId),
  );
  if (left.length === 0) return null;
  return (
    <section aria-labelledby="not-sent">
      <h2 id="not-sent">Not sent</h2>
      <p class="quiet">The computer does not have the conversation any more.</p>
      <ul class="not-sent">
        {left.map((entry) => (
          <Row key={entry.clientId} entry={entry} />
        ))}
      </ul>
    </section>
  );
}

function Row({ entry }: { entry: OutboxEntry }) {
  const { outbox } = useApp();
  return (
    <li>
      <p dir="auto">{entry.text}</p>
      <div class="choices">
        <CopyButton text={entry.text} />
        <button type="button" class="button" onClick={() => void outbox.remove(entry.clientId)}>
          Remove
        </button>
      </div>
    </li>
  );
}
