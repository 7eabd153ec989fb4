// The person's words, and how far they have come: on this phone, on the computer, with Claude, answered.
import { Check, CheckCheck, CircleAlert, Clock, type IconNode } from 'lucide';
import { useMemo } from 'preact/hooks';
import type { MessageItem, MessageState } from '../../../daemon/protocol/view.ts';
import { openedOf } from '../../opened.ts';
import { clockWords } from '../../time-words.ts';
import { Icon } from '../../tools/icon.tsx';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { MessageFiles } from './attachments/message-files.tsx';
import { type ShownFile, shownAttachments } from './attachments/shown-file.ts';
import { MessageMenu } from './message-menu.tsx';
import { beginningOf } from './message-beginning.ts';

export type ShownState = MessageState | 'here' | 'refused';

const marks = {
  here: { icon: Clock, words: 'On this device, will send' },
  refused: { icon: CircleAlert, words: 'Not sent' },
  sent: { icon: Check, words: 'On the computer' },
  handed: { icon: Check, words: 'On the computer' },
  taken: { icon: CheckCheck, words: 'With Claude' },
  answered: { icon: CheckCheck, words: 'Answered' },
  doubted: { icon: CircleAlert, words: 'May not have reached Claude' },
} satisfies Record<ShownState, { icon: IconNode; words: string }>;

export function Message({ message }: { message: MessageItem }) {
  const { uploads } = useApp();
  const { text, state, at, attachments = [] } = message;
  // Read once: what is sent later on has nothing to do with this message.
  const files = useMemo(() => shownAttachments(attachments, uploads.files.peek()), [attachments]);
  return (
    <>
      <div class="said">
        {state !== 'sent' && <MessageMenu messageId={message.key} />}
        <Bubble name={message.key} text={text} state={state} at={at} files={files} />
      </div>
      {message.state === 'doubted' && <Doubt message={message} />}
    </>
  );
}

interface BubbleProps {
  /** The message's, to remember by that all of it was opened. */
  readonly name: string;
  readonly text: string;
  readonly state: ShownState;
  readonly at: number;
  readonly files?: readonly ShownFile[];
}

export function Bubble({ name, text, state, at, files = [] }: BubbleProps) {
  const { icon, words } = marks[state];
  const { value: place } = useApp().navigation.place;
  const isHere = place.kind === 'conversation';
  return (
    <div class={files.length > 0 ? `bubble ${state} with-files` : `bubble ${state}`}>
      {files.length > 0 && isHere && <MessageFiles files={files} conversationId={place.conversationId} />}
      {text !== '' && <Words text={text} name={name} />}
      <span class="state">
        <time>{clockWords(at)}</time>
        <span class={state === 'answered' ? 'unsaid' : undefined}>{words}</span>
        <Icon of={icon} />
      </span>
    </div>
  );
}

/** What was pasted in must not stand between the person and what came of it. */
function Words({ text, name }: { text: string; name: string }) {
  const isWhole = openedOf(name);
  const shown = isWhole.value ? text : beginningOf(text);
  return (
    <>
      <p class="words" dir="auto">
        {shown}
        {shown !== text && '…'}
      </p>
      {shown !== text && (
        <button
          type="button"
          class="show-all"
          onClick={() => {
            isWhole.value = true;
          }}
        >
          Show all {text.length.toLocaleString('en')} characters
        </button>
      )}
    </>
  );
}

/** Nothing is sent again by itself: Claude may have acted on it. What is decided here holds on every device. */
function Doubt({ message }: { message: MessageItem }) {
  const { command, navigation } = useApp();
  const { isRunning, trouble, run } = useAction();
  const { value: place } = navigation.place;
  if (message.settled !== undefined || place.kind !== 'conversation') return null;
  const settle = (behavior: 'leave' | 'resend') =>
    run(async () => {
      const { conversationId } = place;
      await command('message.settle', { conversationId, messageId: message.key, behavior });
    });
  return (
    <div class="choices">
      {trouble.value !== '' && (
        <span class="cause" role="alert">
          {trouble}
        </span>
      )}
      <button type="button" class="button" disabled={isRunning.value} onClick={() => settle('resend')}>
        Send again
      </button>
      <button type="button" class="button" disabled={isRunning.value} onClick={() => settle('leave')}>
        Leave it
      </button>
    </div>
  );
}
