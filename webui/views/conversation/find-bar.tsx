// The bar while something is looked for in the conversation: the words, how many hits, up and down. Back, Escape or the arrow
// at its start end it; what was found stays in sight.
import { ChevronDown, ChevronLeft, ChevronUp, List } from 'lucide';
import { useEffect, useRef } from 'preact/hooks';
import type { OpenConversation } from '../../store.ts';
import { Icon } from '../../tools/icon.tsx';
import { useApp } from '../app-context.ts';
import { type Finding, findingIn } from './finding.ts';

/** Pause in typing after which it is looked for, ms. */
const restMs = 250;

export function FindBar({ conversation }: { conversation: OpenConversation }) {
  const { navigation, command } = useApp();
  const { conversationId } = conversation;
  const finding = findingIn(conversation);
  const field = useRef<HTMLInputElement>(null);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const look = (text: string) => {
    clearTimeout(timer.current);
    void finding.look(text.trim(), (wanted) =>
      command('conversation.search', { conversationId, text: wanted }),
    );
  };
  useEffect(() => {
    field.current?.focus();
    return () => {
      clearTimeout(timer.current);
      finding.end();
    };
  }, [finding]);

  const submit = () => {
    const text = field.current?.value.trim() ?? '';
    if (text !== finding.text.value || finding.state.value === 'failed') look(text);
    else finding.step(-1);
  };
  return (
    <header class="bar finding">
      <button type="button" class="plain back" aria-label="End search" onClick={() => navigation.back()}>
        <Icon of={ChevronLeft} />
      </button>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <input
          ref={field}
          type="search"
          aria-label="Search in this conversation"
          placeholder="Search"
          enterkeyhint="search"
          autocomplete="off"
          maxLength={200}
          onInput={({ currentTarget }) => {
            clearTimeout(timer.current);
            timer.current = setTimeout(() => look(currentTarget.value), restMs);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Escape') navigation.back();
          }}
        />
        <span class="count" role="status">
          {countWords(finding)}
        </span>
      </form>
      {finding.text.value === '' ? (
        <button
          type="button"
          class="plain"
          aria-label="Your messages"
          onClick={() => navigation.show({ name: 'messages', conversationId })}
        >
          <Icon of={List} />
        </button>
      ) : (
        <Steps finding={finding} />
      )}
      {finding.state.value === 'failed' && (
        <p class="trouble" role="alert">
          {finding.trouble}
        </p>
      )}
    </header>
  );
}

function Steps({ finding }: { finding: Finding }) {
  const isOff = finding.hits.value.length === 0;
  return (
    <>
      <button
        type="button"
        class="plain"
        aria-label="Hit above"
        disabled={isOff}
        onClick={() => finding.step(-1)}
      >
        <Icon of={ChevronUp} />
      </button>
      <button
        type="button"
        class="plain"
        aria-label="Hit below"
        disabled={isOff}
        onClick={() => finding.step(1)}
      >
        <Icon of={ChevronDown} />
      </button>
    </>
  );
}

function countWords({ state, hits, index, isMore }: Finding): string {
  switch (state.value) {
    case 'idle':
    case 'failed':
      return '';
    case 'looking':
      return '…';
    case 'found':
      if (hits.value.length === 0) return 'Nothing';
      return `${index.value + 1} of ${hits.value.length}${isMore.value ? '+' : ''}`;
    default:
      return state.value satisfies never;
  }
}
