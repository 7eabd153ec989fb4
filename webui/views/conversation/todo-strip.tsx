// Claude's own list above the composer: how far it is and what it does now, opening to the whole list. Gone when all is done.
import { ChevronDown, Circle, CircleCheck, CircleDot, type IconNode } from 'lucide';
import { useId } from 'preact/hooks';
import type { Todo } from '../../../daemon/protocol/view.ts';
import { openedOf } from '../../opened.ts';
import { Icon } from '../../tools/icon.tsx';

const looks = {
  pending: { icon: Circle, said: 'To do' },
  working: { icon: CircleDot, said: 'In progress' },
  done: { icon: CircleCheck, said: 'Done' },
} satisfies Record<Todo['state'], { icon: IconNode; said: string }>;

export function TodoStrip({ conversationId, todos }: { conversationId: string; todos: readonly Todo[] }) {
  const isOpen = openedOf(`todos:${conversationId}`);
  const listId = useId();
  const done = todos.filter(({ state }) => state === 'done').length;
  if (done === todos.length) return null;
  const next =
    todos.find(({ state }) => state === 'working') ?? todos.find(({ state }) => state === 'pending');
  return (
    <section class="todo-strip" aria-label="Claude’s list">
      <button
        type="button"
        aria-expanded={isOpen.value}
        aria-controls={isOpen.value ? listId : undefined}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        <span class="count">
          {done} of {todos.length}
        </span>
        <span class="next" dir="auto">
          {next?.text}
        </span>
        <span class="unfolder">
          <Icon of={ChevronDown} />
        </span>
        <span class="progress" aria-hidden="true">
          <span style={{ inlineSize: `${(done / todos.length) * 100}%` }} />
        </span>
      </button>
      {isOpen.value && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a list that scrolls must be reached by the keyboard
        <ul id={listId} tabIndex={0} aria-label="All steps">
          {todos.map(({ todoId, text, state }) => (
            <li key={todoId} class={state}>
              <Icon of={looks[state].icon} />
              <span dir="auto">
                <span class="spoken">{looks[state].said}: </span>
                {text}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
