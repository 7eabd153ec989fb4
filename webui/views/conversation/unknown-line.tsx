// Something that this version does not know: a quiet line that opens to all that came.
import { useSignal } from '@preact/signals';
import type { UnknownItem } from '../../../daemon/protocol/view.ts';
import { lazyPart } from '../../tools/lazy-part.tsx';

const KeyValue = lazyPart<{ value: unknown }>(
  async () => (await import('../../tools/key-value.tsx')).KeyValue,
);

export function UnknownLine({ item }: { item: UnknownItem }) {
  const isOpen = useSignal(false);
  return (
    <>
      <button
        type="button"
        class="unknown-line"
        aria-expanded={isOpen}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        {nameOf(item.value)}
      </button>
      {isOpen.value && <KeyValue value={item.value} />}
    </>
  );
}

function nameOf(value: unknown): string {
  if (typeof value !== 'object' || value === null || !('type' in value)) return 'Something new';
  const subtype = 'subtype' in value ? ` · ${value.subtype}` : '';
  return `${value.type}${subtype}`;
}
