// What waits for its turn, in order, above the composer: never lost in the scroll, and open to change until Claude gets it.
import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { OutboxEntry } from '../../outbox-entries.ts';
import type { OpenConversation } from '../../store.ts';
import { useApp } from '../app-context.ts';
import { FileCount } from './attachments/file-count.tsx';
import { namesOf, shownOf } from './attachments/shown-file.ts';
import { withDraft } from './going-back.ts';
import { QueueRow } from './queue-row.tsx';
import { UnsentChoices } from './unsent-choices.tsx';
import { useQueue } from './use-queue.ts';
import { useUnsent } from './use-unsent.ts';
import { type OpenRow, waitsAboveComposer } from './waiting.ts';

export function Queue({ conversation }: { conversation: OpenConversation }) {
  const { drafts } = useApp();
  const { conversationId } = conversation;
  const view = conversation.view.value;
  const unsent = useUnsent(conversation).filter(({ state }) => state !== 'refused');
  const actions = useQueue(conversation);
  const open = useSignal<OpenRow | undefined>(undefined);
  const list = useRef<HTMLOListElement>(null);
  const { queue } = view;

  useEffect(() => {
    const { key, text } = open.value ?? {};
    if (key === undefined || queue.some((message) => message.key === key)) return;
    open.value = undefined;
    if (text === undefined) return;
    const draft = drafts.of(conversationId);
    draft.value = withDraft(text, draft.value);
    actions.tell('Claude has it already.');
  }, [queue]);
  useKeptFocus(list, queue);

  const isShown = waitsAboveComposer(view) && queue.length + unsent.length > 0;
  const { trouble, told } = actions;
  return (
    <>
      {isShown && (
        <ol class="queue" ref={list} aria-label="Waiting for their turn">
          {queue.map((message, index) => (
            <QueueRow
              key={message.key}
              message={message}
              conversationId={conversationId}
              cwd={view.cwd}
              isFirst={index === 0}
              isLast={index === queue.length - 1}
              open={open}
              actions={actions}
            />
          ))}
          {unsent.map((entry) => (
            <UnsentRow key={entry.clientId} entry={entry} />
          ))}
        </ol>
      )}
      {trouble.value !== '' && (
        <p class="trouble queue-news" role="alert">
          {trouble}
        </p>
      )}
      <p class={/^Moved/.test(told.value) ? 'unsaid' : 'aside queue-news'} role="status">
        {told}
      </p>
    </>
  );
}

function UnsentRow({ entry }: { entry: OutboxEntry }) {
  const files = shownOf(entry, useApp().uploads.files.value);
  return (
    <li class="waiting-row">
      <p class="waiting-line" dir="auto">
        <span class="text">{entry.text || namesOf(files)}</span>
        {files.length > 0 && <FileCount count={files.length} />}
        <span class="aside">{entry.state === 'waiting' ? 'Will send' : ''}</span>
      </p>
      <UnsentChoices entry={entry} />
    </li>
  );
}

/** A row that moves takes its buttons out of the page for a moment, and the focus with them. */
function useKeptFocus(list: { current: HTMLElement | null }, queue: readonly unknown[]): void {
  const last = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const element = list.current;
    const note = (event: FocusEvent) => {
      last.current = event.target instanceof HTMLElement ? event.target : null;
    };
    element?.addEventListener('focusin', note);
    return () => element?.removeEventListener('focusin', note);
  });
  useLayoutEffect(() => {
    const was = last.current;
    if (!was?.isConnected) return;
    const other = was.parentElement?.querySelector<HTMLElement>('button:not(:disabled)');
    if (was.matches(':disabled')) other?.focus();
    else if (document.activeElement === document.body) was.focus();
  }, [queue]);
}
