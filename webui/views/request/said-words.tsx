// A field for words that go to Claude with an answer, and the way back. Enter sends where there is a keyboard.
import type { Signal } from '@preact/signals';
import { useLayoutEffect, useRef } from 'preact/hooks';
import { sendsWith } from '../conversation/sends-with.ts';
import { hasKeyboard } from '../wide.ts';
import type { Answering } from './answering.ts';

interface Props {
  readonly words: Signal<string>;
  /** What a screen reader calls the field. */
  readonly label: string;
  readonly placeholder: string;
  /** The word on the button. */
  readonly act: string;
  readonly tone: 'primary' | 'bad';
  readonly mayBeEmpty?: boolean;
  readonly answering: Answering;
  readonly onBack: () => void;
  readonly onSaid: (words: string) => void;
}

export function SaidWords(props: Props) {
  const { words, label, placeholder, act, tone, mayBeEmpty = false, answering, onBack, onSaid } = props;
  const ref = useRef<HTMLTextAreaElement>(null);
  const isEmpty = words.value.trim() === '';
  useLayoutEffect(() => {
    const field = ref.current;
    field?.focus();
    field?.setSelectionRange(field.value.length, field.value.length);
  }, []);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (mayBeEmpty || !isEmpty) onSaid(words.value);
      }}
    >
      <textarea
        ref={ref}
        dir="auto"
        rows={1}
        aria-label={label}
        placeholder={placeholder}
        value={words}
        onInput={(event) => {
          words.value = event.currentTarget.value;
        }}
        onKeyDown={(event) => {
          if (!sendsWith(event, hasKeyboard.value)) return;
          event.preventDefault();
          event.currentTarget.form?.requestSubmit();
        }}
      />
      <div class="buttons">
        <button type="button" class="button" onClick={onBack}>
          Back
        </button>
        <button
          type="submit"
          class={`button ${tone}`}
          disabled={answering.isRunning.value || (isEmpty && !mayBeEmpty)}
        >
          {act}
        </button>
      </div>
    </form>
  );
}
