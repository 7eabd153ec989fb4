// The list above the composer: what fits the typed word, one line each. The focus stays in the field, so that the phone's
// keyboard does; the field says which row is meant.
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { Completion } from './use-completion.ts';

export const listId = 'completion';
export const rowId = (index: number): string => `${listId}-${index}`;

export function CompletionList({ completion }: { completion: Completion }) {
  const { suggestions, active, label, choose } = completion;
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' });
  }, [active, suggestions]);
  const count = suggestions.length;
  return (
    <>
      {count > 0 && (
        <div class="completion" id={listId} ref={list} role="listbox" aria-label={label}>
          {suggestions.map((suggestion, index) => (
            <button
              type="button"
              key={suggestion.value}
              class="completion-row"
              id={rowId(index)}
              role="option"
              tabIndex={-1}
              aria-selected={index === active}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => choose(suggestion)}
            >
              <span class="name" dir="auto">
                {suggestion.name}
              </span>
              {suggestion.hint !== '' && <span class="hint">{suggestion.hint}</span>}
              <span class="means" dir="auto">
                {suggestion.means}
              </span>
            </button>
          ))}
        </div>
      )}
      <p class="unsaid" role="status">
        {count > 0 && `${count} ${label.toLowerCase()} to choose from`}
      </p>
    </>
  );
}
