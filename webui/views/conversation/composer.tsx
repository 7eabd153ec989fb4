// Where the person writes. Never blocked: what cannot be sent now waits in the outbox. The draft outlives the page.
import { useSignal } from '@preact/signals';
import { ArrowUp, Square } from 'lucide';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { OpenConversation } from '../../store.ts';
import { Icon } from '../../tools/icon.tsx';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { hasKeyboard } from '../wide.ts';
import { AttachButton } from './attachments/attach-button.tsx';
import { DraftFiles } from './attachments/draft-files.tsx';
import { useDraftFiles } from './attachments/use-draft-files.ts';
import { Chips } from './chips.tsx';
import { CompletionList, listId, rowId } from './completion/completion-list.tsx';
import { CommandNote, OutsideNote } from './completion/draft-notes.tsx';
import { useCompletion } from './completion/use-completion.ts';
import { sendsWith } from './sends-with.ts';
import { StopAsking } from './stop-asking.tsx';

export function Composer({ conversation }: { conversation: OpenConversation }) {
  const { drafts, outbox, connection, command } = useApp();
  const { conversationId } = conversation;
  const draft = drafts.of(conversationId);
  const field = useRef<HTMLTextAreaElement>(null);
  const stopping = useAction();
  const isAsking = useSignal(false);
  const { turn, queue, unanswered, cwd } = conversation.view.value;
  const completion = useCompletion({ conversation, draft, field });
  const isOffering = completion.suggestions.length > 0;
  const text = draft.value;
  const attached = useDraftFiles(conversationId);
  const canSend = (text.trim() !== '' || attached.files.length > 0) && attached.canSend;
  const isOffline = connection.state.value.kind !== 'live';

  useLayoutEffect(() => grow(field.current), [text]);
  useEffect(() => {
    if (hasKeyboard.value) field.current?.focus();
  }, []);

  const send = (add: typeof outbox.add) => {
    if (!canSend) return;
    const message = text.trim();
    draft.value = '';
    drafts.flush();
    void add(conversationId, message, attached.take());
    field.current?.focus();
  };
  const stop = (input: { dropQueue?: true }) => {
    isAsking.value = false;
    stopping.run(async () => void (await command('turn.stop', { conversationId, ...input })));
  };
  // A Claude that hangs may never begin the turn that it was given.
  const isBusy = turn !== null || unanswered.length > 0;
  const mayStop = isBusy && !turn?.stopping;

  return (
    <div class={isOffering ? 'composing offering' : 'composing'}>
      <CompletionList completion={completion} />
      {mayStop && isAsking.value && queue.length > 0 ? (
        <StopAsking
          waiting={queue.length}
          onStop={() => stop({})}
          onStopAndDrop={() => stop({ dropQueue: true })}
          onGoOn={() => {
            isAsking.value = false;
          }}
        />
      ) : (
        <Chips conversation={conversation}>
          {turn && canSend && (
            <button
              type="button"
              class="chip now"
              aria-label="Say it now, into this turn"
              onClick={() => send(outbox.addSteering)}
            >
              <span>Say it now</span>
            </button>
          )}
        </Chips>
      )}
      <form
        class="composer"
        onSubmit={(event) => {
          event.preventDefault();
          send(outbox.add);
        }}
      >
        {stopping.trouble.value !== '' && (
          <p class="trouble" role="alert">
            {stopping.trouble}
          </p>
        )}
        <CommandNote text={text} conversation={conversation} />
        <OutsideNote conversationId={conversationId} text={text} cwd={cwd} />
        <DraftFiles draft={attached} />
        <div class="composer-row">
          <AttachButton conversationId={conversationId} />
          <textarea
            ref={field}
            rows={1}
            dir="auto"
            aria-label="Message to Claude"
            placeholder={
              turn ? 'Next message, waits its turn' : isOffline ? 'Message, will send' : 'Message Claude'
            }
            enterkeyhint={hasKeyboard.value ? 'send' : 'enter'}
            autocapitalize="sentences"
            aria-autocomplete="list"
            aria-controls={isOffering ? listId : undefined}
            aria-activedescendant={isOffering ? rowId(completion.active) : undefined}
            value={text}
            onPaste={attached.onPaste}
            onInput={(event) => {
              draft.value = event.currentTarget.value;
              completion.follow(event.currentTarget);
            }}
            onFocus={(event) => completion.follow(event.currentTarget)}
            onBlur={() => completion.follow(undefined)}
            onKeyDown={(event) => {
              if (completion.takes(event)) return event.preventDefault();
              if (!sendsWith(event, hasKeyboard.value)) return;
              event.preventDefault();
              send(outbox.add);
            }}
          />
          {isBusy && (
            <button
              type="button"
              class="round stop"
              aria-label="Stop"
              disabled={!mayStop || stopping.isRunning.value}
              onClick={() => {
                if (queue.length === 0) stop({});
                else isAsking.value = !isAsking.value;
              }}
            >
              <Icon of={Square} />
            </button>
          )}
          {(!turn || canSend) && (
            <button
              type="submit"
              class="round send"
              aria-label={turn ? 'Send after this turn' : 'Send'}
              disabled={!canSend}
            >
              <Icon of={ArrowUp} />
            </button>
          )}
        </div>
      </form>
    </div>
  );
}

/** As tall as its text; the styles say where that ends. */
function grow(field: HTMLTextAreaElement | null): void {
  if (!field) return;
  field.style.height = 'auto';
  field.style.height = `${field.scrollHeight}px`;
}
