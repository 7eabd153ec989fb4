// One waiting message: a line that opens to what can be done with it, and to a field to change it in place.
import type { Signal } from '@preact/signals';
import { ArrowDown, ArrowUp, ChevronDown, ChevronUp } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import type { MessageItem } from '../../../daemon/protocol/view.ts';
import { Icon } from '../../tools/icon.tsx';
import { OutsideNote } from './completion/draft-notes.tsx';
import { FileCount } from './attachments/file-count.tsx';
import { namesOf } from './attachments/shown-file.ts';
import type { QueueActions } from './use-queue.ts';
import type { OpenRow } from './waiting.ts';

interface RowProps {
  readonly message: MessageItem;
  readonly conversationId: string;
  /** The project's folder. */
  readonly cwd: string;
  readonly isFirst: boolean;
  readonly isLast: boolean;
  readonly open: Signal<OpenRow | undefined>;
  readonly actions: QueueActions;
}

export function QueueRow(props: RowProps) {
  const { message, open } = props;
  const { key, text, attachments = [] } = message;
  const shown = open.value?.key === key ? open.value : undefined;
  if (shown?.text !== undefined) return <Editor {...props} text={shown.text} />;
  return (
    <li class={shown ? 'waiting-row open' : 'waiting-row'}>
      <button
        type="button"
        class="waiting-line"
        aria-expanded={shown !== undefined}
        onClick={() => {
          open.value = shown ? undefined : { key };
        }}
      >
        <span class="text" dir="auto">
          {text || namesOf(attachments)}
        </span>
        {attachments.length > 0 && <FileCount count={attachments.length} />}
        {message.steer && <span class="aside">Going to Claude now</span>}
        <Icon of={shown ? ChevronDown : ChevronUp} />
      </button>
      {message.held && <p class="held">From a device that was shut out. Not given to Claude.</p>}
      {message.held ? <HeldStrip {...props} /> : shown && <Strip {...props} />}
    </li>
  );
}

/** Always there: what is held stays so until somebody says what becomes of it. */
function HeldStrip({ message, actions }: RowProps) {
  return (
    <fieldset class="waiting-strip" aria-label="What becomes of this message">
      <span class="gap" />
      <button type="button" class="plain" onClick={() => actions.remove(message)}>
        Remove
      </button>
      <button type="button" class="plain strong" onClick={() => actions.release(message)}>
        Let it go on
      </button>
    </fieldset>
  );
}

function Strip({ message, isFirst, isLast, open, actions }: RowProps) {
  const { key, text } = message;
  return (
    <fieldset class="waiting-strip" aria-label="Change this message">
      {!(isFirst && isLast) && (
        <>
          <button
            type="button"
            class="plain"
            aria-label="Move up"
            disabled={isFirst}
            onClick={() => actions.move(message, -1)}
          >
            <Icon of={ArrowUp} />
          </button>
          <button
            type="button"
            class="plain"
            aria-label="Move down"
            disabled={isLast}
            onClick={() => actions.move(message, 1)}
          >
            <Icon of={ArrowDown} />
          </button>
        </>
      )}
      <span class="gap" />
      <button
        type="button"
        class="plain"
        onClick={() => {
          open.value = { key, text };
        }}
      >
        Edit
      </button>
      <button type="button" class="plain" onClick={() => actions.withdraw(message)}>
        Withdraw
      </button>
      <button
        type="button"
        class="plain strong"
        disabled={message.steer === true}
        onClick={() => actions.steer(message)}
      >
        Send now
      </button>
    </fieldset>
  );
}

function Editor({ message, conversationId, cwd, open, actions, text }: RowProps & { text: string }) {
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.setSelectionRange(text.length, text.length);
  }, []);
  const close = () => {
    open.value = undefined;
  };
  const isSavable = text.trim() !== '' && text.trim() !== message.text;
  return (
    <li class="waiting-row open">
      <textarea
        ref={field}
        rows={2}
        dir="auto"
        aria-label="Change the waiting message"
        value={text}
        onInput={(event) => {
          open.value = { key: message.key, text: event.currentTarget.value };
        }}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close();
        }}
      />
      <OutsideNote conversationId={conversationId} text={text} cwd={cwd} />
      <div class="waiting-strip">
        <span class="gap" />
        <button type="button" class="plain" onClick={close}>
          Cancel
        </button>
        <button
          type="button"
          class="plain strong"
          disabled={!isSavable}
          onClick={() => actions.edit(message, text.trim(), close)}
        >
          Save
        </button>
      </div>
    </li>
  );
}
