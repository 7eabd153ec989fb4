// What the conversation went back before: it happened, and can be read, but Claude no longer knows of it. One quiet line.
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { openedOf } from '../../opened.ts';
import { ItemView } from './item-view.tsx';
import type { Row } from './rows-of.ts';

interface Props {
  readonly rows: readonly Row[];
  readonly cwd: string;
  /** What the person looked for is in here. */
  readonly isFound: boolean;
}

export function SetAside({ rows, cwd, isFound }: Props) {
  const opened = openedOf(`aside:${rows[0]?.item.key}`);
  const isHidden = useSignal(false);
  // In the very drawing in which it is found, so that its words can be brought into sight; afterwards it stays.
  const isOpen = opened.value || (isFound && !isHidden.value);
  useEffect(() => {
    isHidden.value = false;
    if (isFound) opened.value = true;
  }, [isFound]);
  const count = rows.length === 1 ? 'One entry' : `${rows.length} entries`;
  return (
    <>
      <button
        type="button"
        class="set-aside-line"
        aria-expanded={isOpen}
        onClick={() => {
          opened.value = !isOpen;
          isHidden.value = isOpen;
        }}
      >
        <span>{count} set aside</span> · <span class="act">{isOpen ? 'Hide' : 'Show'}</span>
      </button>
      {isOpen && (
        <div class="set-aside">
          {rows.map((row) => (
            <div key={row.item.key} class={`item ${row.item.kind}`} data-key={row.item.key}>
              <ItemView item={row.item} nested={row.nested} cwd={cwd} />
            </div>
          ))}
        </div>
      )}
    </>
  );
}
