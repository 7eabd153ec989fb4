// The person's words, and how far they have come: on this phone, on the computer, with Claude, answered.
import { useSignal } from '@preact/signals';
import { Check, CheckCheck, CircleAlert, Clock, type IconNode } from 'lucide';
import { useEffect } from 'preact/hooks';
import type { MessageItem, MessageState } from '../../../daemon/protocol/view.ts';
import { clockWords } from '../../time-words.ts';
import { Icon } from '../../tools/icon.tsx';
import { useApp } from '../app-context.ts';

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
  return (
    <>
      <Bubble text={message.text} state={message.state} at={message.at} />
      {message.state === 'doubted' && <Doubt message={message} />}
    </>
  );
}

export function Bubble({ text, state, at }: { text: string; state: ShownState; at: number }) {
  const { icon, words } = marks[state];
  return (
    <div class={`bubble ${state}`}>
      <p dir="auto">{text}</p>
      <span class="state">
        <time>{clockWords(at)}</time>
        <span class={state === 'answered' ? 'unsaid' : undefined}>{words}</span>
        <Icon of={icon} />
      </span>
    </div>
  );
}

/** Nothing is sent again by itself: Claude may have acted on it. */
function Doubt({ message }: { message: MessageItem }) {
  const { outbox, database, navigation } = useApp();
  const isSettled = useSignal(true);
  const note = `settled:${message.key}`;
  useEffect(() => {
    void database.get('notes', note).then((found) => {
      isSettled.value = found !== undefined;
    });
  }, [note]);
  if (isSettled.value) return null;

  const settle = () => {
    isSettled.value = true;
    void database.put('notes', note, Date.now());
  };
  const sendAgain = () => {
    const { value: place } = navigation.place;
    if (place.kind !== 'conversation') return;
    void outbox.add(place.conversationId, message.text);
    settle();
  };
  return (
    <div class="choices">
      <button type="button" class="button" onClick={sendAgain}>
        Send again
      </button>
      <button type="button" class="button" onClick={settle}>
        Leave it
      </button>
    </div>
  );
}
