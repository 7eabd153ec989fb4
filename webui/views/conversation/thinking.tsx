// What Claude thought, as one line that opens.
import type { TextItem } from '../../../daemon/protocol/view.ts';
import { Markdown } from '../../markdown/markdown.tsx';
import { openedOf } from '../../opened.ts';

export function Thinking({ item }: { item: TextItem }) {
  const isOpen = openedOf(item.key);
  return (
    <>
      <button
        type="button"
        class="thinking-line"
        aria-expanded={isOpen.value}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        {item.open ? 'Thinking…' : 'Thought'}
      </button>
      {isOpen.value && (
        <div class="thoughts">
          <Markdown text={item.text} open={item.open} />
        </div>
      )}
    </>
  );
}
