// A turn that has no end: what happened, and what the person wants of it. Nothing is said to Claude again by itself.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { MessageItem } from '../../../daemon/protocol/view.ts';
import type { OpenConversation } from '../../store.ts';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { unanswered } from './going-back.ts';

export function Interruption({ conversation }: { conversation: OpenConversation }) {
  const { outbox, uploads, command, database } = useApp();
  const { conversationId } = conversation;
  const view = conversation.view.value;
  const { isRunning, trouble, run } = useAction();
  const isLeft = useSignal(true);
  const note = `left:${conversationId}:${view.pages.at(-1)?.at(-1)?.key ?? ''}`;
  useEffect(() => {
    void database.get('notes', note).then((found) => {
      isLeft.value = found !== undefined;
    });
  }, [note]);
  if (view.interruption === null || view.turn !== null || isLeft.value) return null;

  const message = unanswered(view);
  const leave = () => {
    isLeft.value = true;
    void database.put('notes', note, Date.now());
  };
  const retry = ({ key: messageId, attachments = [] }: MessageItem) =>
    run(async () => {
      const { text } = await command('conversation.rewind', { conversationId, messageId, files: false });
      const fileIds = uploads.adopt(conversationId, attachments);
      uploads.take(fileIds);
      await outbox.add(conversationId, text, fileIds);
    });
  return (
    <section class="interruption" aria-label="Interrupted">
      <p>Interrupted. {view.interruption}</p>
      {trouble.value !== '' && (
        <p class="trouble" role="alert">
          {trouble}
        </p>
      )}
      {message && <p class="hint">Retry sends your message anew. What was done by then stays done.</p>}
      <div class="buttons">
        <button
          type="button"
          class="button"
          onClick={() => void outbox.add(conversationId, 'Continue from where you stopped.')}
        >
          Continue
        </button>
        {message && (
          <button type="button" class="button" disabled={isRunning.value} onClick={() => retry(message)}>
            Retry
          </button>
        )}
        <button type="button" class="button" onClick={leave}>
          Leave
        </button>
      </div>
    </section>
  );
}
