// Completion in the composer: follows the word under the caret, offers what fits it, and puts what was chosen into the draft.
// Sends nothing, and takes a key only while its list is open.
import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { OpenConversation } from '../../../store.ts';
import { useApp } from '../../app-context.ts';
import { createFoundFiles } from './found-files.ts';
import { knownCatalog, refreshCatalog } from './known-catalog.ts';
import { commandSuggestions, fileSuggestions, type Suggestion } from './suggestions.ts';
import { type TypedWord, typedWord, withChosen } from './typed-word.ts';

type Field = HTMLTextAreaElement;

export interface Completion {
  /** Empty: the list is not open. */
  readonly suggestions: readonly Suggestion[];
  /** What they are, for a screen reader. */
  readonly label: string;
  /** Index of the one that Enter chooses. */
  readonly active: number;
  choose(suggestion: Suggestion): void;
  /** To be told of every change of text or caret, and of a field that was left (undefined). */
  follow(field: Field | undefined): void;
  /** True: the key was meant for the list. */
  takes(event: KeyboardEvent): boolean;
}

const none: readonly Suggestion[] = [];

export function useCompletion(options: {
  conversation: OpenConversation;
  draft: Signal<string>;
  field: { readonly current: Field | null };
}): Completion {
  const { conversation, draft, field } = options;
  const { command } = useApp();
  const searching = useMemo(() => createFoundFiles(conversation.conversationId, command), [conversation]);
  /** Undefined while the field is not in use. */
  const caret = useSignal<number | undefined>(undefined);
  /** The word whose list was closed by Escape. */
  const closed = useSignal('');
  /** Which one the arrows came to, and for what was typed then: with the next letter the first is meant again. */
  const moved = useSignal({ to: 0, by: '' });
  const caretAfter = useRef<number | undefined>(undefined);

  const word = caret.value === undefined ? undefined : typedWord(draft.value, caret.value);
  const isOpen = word !== undefined && closed.value !== nameOf(word);
  const suggestions = isOpen ? suggestionsFor(word) : none;
  const typed = `${word?.kind} ${word?.query}`;
  const at = moved.value.by === typed ? moved.value.to : 0;
  const active = Math.min(at, Math.max(0, suggestions.length - 1));

  function suggestionsFor({ kind, query }: TypedWord): readonly Suggestion[] {
    if (kind === 'file') return fileSuggestions(searching.found.value, query);
    return commandSuggestions(knownCatalog(conversation).value?.commands ?? [], query);
  }

  const kind = isOpen ? word.kind : undefined;
  const query = isOpen ? word.query : '';
  useEffect(() => {
    if (kind === 'command') void refreshCatalog(conversation, command);
  }, [kind, conversation]);
  useEffect(() => {
    if (kind === 'file') searching.find(query);
    else searching.clear();
  }, [kind, query, searching]);
  useEffect(() => {
    if (word === undefined) closed.value = '';
  }, [word === undefined]);
  useLayoutEffect(() => {
    const at = caretAfter.current;
    if (at === undefined) return;
    caretAfter.current = undefined;
    field.current?.setSelectionRange(at, at);
    caret.value = at;
  });

  useEffect(() => {
    const follow = () => {
      if (field.current && document.activeElement === field.current) caret.value = caretOf(field.current);
    };
    document.addEventListener('selectionchange', follow);
    return () => document.removeEventListener('selectionchange', follow);
  }, []);

  function choose({ value }: Suggestion): void {
    if (!word) return;
    const edited = withChosen(draft.value, word, value);
    caretAfter.current = edited.caret;
    draft.value = edited.text;
    caret.value = edited.caret;
    field.current?.focus();
  }

  return {
    suggestions,
    label: kind === 'file' ? 'Files' : 'Commands',
    active,
    choose,
    follow(used) {
      caret.value = used && caretOf(used);
    },
    takes(event) {
      // While an input method is composing, its keys are its own; Safari marks the last one by the code 229 alone.
      if (suggestions.length === 0 || event.isComposing || event.keyCode === 229) return false;
      const suggestion = suggestions[active];
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || !suggestion) return false;
      if (step !== undefined) {
        moved.value = { to: (active + step + suggestions.length) % suggestions.length, by: typed };
      } else if (event.key === 'Escape' && word) closed.value = nameOf(word);
      else if (event.key === 'Tab' || (event.key === 'Enter' && suggestion.value !== query))
        choose(suggestion);
      else return false;
      return true;
    },
  };
}

/** Undefined while several letters are selected. */
function caretOf({ selectionStart, selectionEnd }: Field): number | undefined {
  return selectionStart === selectionEnd ? selectionStart : undefined;
}

/** A word keeps this name while it is typed on. */
function nameOf({ kind, from }: TypedWord): string {
  return `${kind} ${from}`;
}
