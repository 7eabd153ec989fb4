// The sheet of one conversation: rename it, see what it is when it is open, or delete it after a second look.
import { useSignal } from '@preact/signals';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { Sheet } from '../sheet.tsx';
import { ConversationDetails } from './conversation-details.tsx';

export function ConversationMenu({ conversationId }: { conversationId: string }) {
  const { store, command, navigation } = useApp();
  const summary = store.lobby.value.conversations[conversationId];
  const title = useSignal(summary?.title ?? '');
  const isSure = useSignal(false);
  const { isRunning, trouble, run } = useAction();

  const rename = () =>
    run(async () => {
      await command('conversation.rename', { conversationId, title: title.value.trim() });
      navigation.back();
    });
  const remove = () =>
    run(async () => {
      await command('conversation.delete', { conversationId });
      const { place } = navigation;
      if (place.value.kind === 'conversation') navigation.replace({ kind: 'now' });
      else navigation.back();
    });
  const place = navigation.place.value;
  const isOpen = place.kind === 'conversation' && place.conversationId === conversationId;
  const canRename = title.value.trim() !== '' && title.value.trim() !== summary?.title;

  return (
    <Sheet label={summary?.title || 'Conversation'}>
      <div class="choosing">
        <form
          class="sheet-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (canRename) rename();
          }}
        >
          <label>
            Title
            <input
              type="text"
              maxLength={200}
              value={title}
              onInput={(event) => {
                title.value = event.currentTarget.value;
              }}
            />
          </label>
          <button type="submit" class="button" disabled={!canRename || isRunning.value}>
            Rename
          </button>
        </form>
        {trouble.value !== '' && (
          <p class="trouble" role="alert">
            {trouble}
          </p>
        )}
        {isOpen && (
          <div class="sheet-form">
            <button
              type="button"
              class="button"
              onClick={() => navigation.show({ name: 'previews', conversationId })}
            >
              Previews…
            </button>
          </div>
        )}
        {isOpen && <ConversationDetails conversation={store.open(conversationId)} />}
        <div class="sheet-form danger-zone">
          {isSure.value ? (
            <>
              <p>Delete this conversation? The project’s files stay as they are; what was said is gone.</p>
              <div class="buttons">
                <button type="button" class="button" onClick={() => (isSure.value = false)}>
                  Keep it
                </button>
                <button type="button" class="button bad" disabled={isRunning} onClick={remove}>
                  Delete for good
                </button>
              </div>
            </>
          ) : (
            <button type="button" class="button bad" onClick={() => (isSure.value = true)}>
              Delete…
            </button>
          )}
        </div>
      </div>
    </Sheet>
  );
}
