// What the conversation went back before: it happened, and can be read, but Claude no longer knows of it. One quiet line.
import { openedOf } from '../../opened.ts';
import { ItemView } from './item-view.tsx';
import type { Row } from './rows-of.ts';

export function SetAside({ rows, cwd }: { rows: readonly Row[]; cwd: string }) {
  const isOpen = openedOf(`aside:${rows[0]?.item.key}`);
  const count = rows.length === 1 ? 'One entry' : `${rows.length} entries`;
  return (
    <>
      <button
        type="button"
        class="set-aside-line"
        aria-expanded={isOpen.value}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
      >
        <span>{count} set aside</span> · <span class="act">{isOpen.value ? 'Hide' : 'Show'}</span>
      </button>
      {isOpen.value && (
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
