// What Claude thought, as one line that opens.
import { useSignal } from '@preact/signals';
import type { TextItem } from '../../../daemon/protocol/view.ts';
import { Markdown } from '../../markdown/markdown.tsx';

export function Thinking({ item }: { item: TextItem }) {
  const isOpen = useSignal(false);
  return (
    <>
      <button
        type="button"
        class="thinking-line"
        aria-expanded={isOpen}
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
