// Above the page: load anew, where it is, and how wide it is shown. Typed paths are of the preview's own origin, whatever is typed.
import { useSignal } from '@preact/signals';
import { Monitor, RotateCw, Smartphone, Tablet } from 'lucide';
import { useId } from 'preact/hooks';
import { Icon } from '../../tools/icon.tsx';
import { originOf, typedPath } from './preview-address.ts';
import type { PageWidth } from './preview-frame.tsx';
import type { PreviewPage } from './preview-page.ts';

const widths = [
  { width: 'phone', icon: Smartphone, name: 'Phone' },
  { width: 'tablet', icon: Tablet, name: 'Tablet' },
  { width: 'desktop', icon: Monitor, name: 'Desktop' },
] as const;

export function AddressLine(props: {
  page: PreviewPage;
  port: number;
  width: PageWidth;
  onWidth: (width: PageWidth) => void;
  onGo: (path: string) => void;
}) {
  const { page, port, width, onWidth, onGo } = props;
  const listId = useId();
  const typed = useSignal<string | undefined>(undefined);
  const at = widths.findIndex((one) => one.width === width);
  const now = widths[at] ?? widths[0];
  const next = widths[(at + 1) % widths.length] ?? widths[0];
  return (
    <form
      class="address-line"
      onSubmit={(event) => {
        event.preventDefault();
        const path = typedPath(typed.value ?? page.path.value, originOf(port, location.hostname));
        typed.value = undefined;
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
        onGo(path);
      }}
    >
      <button type="button" class="plain" aria-label="Reload" onClick={() => onGo(page.path.value)}>
        <Icon of={RotateCw} />
      </button>
      <input
        type="text"
        dir="ltr"
        inputMode="url"
        aria-label="Path in the preview"
        autocapitalize="off"
        autocomplete="off"
        spellcheck={false}
        enterkeyhint="go"
        list={listId}
        value={typed.value ?? page.path.value}
        onFocus={(event) => event.currentTarget.select()}
        onInput={(event) => {
          typed.value = event.currentTarget.value;
        }}
        onBlur={() => {
          typed.value = undefined;
        }}
      />
      <datalist id={listId}>
        {page.recentPaths.value.map((path) => (
          <option key={path} value={path} />
        ))}
      </datalist>
      <button
        type="button"
        class="plain"
        aria-label={`Shown as on a ${now.name.toLowerCase()}. Show as on a ${next.name.toLowerCase()}`}
        onClick={() => onWidth(next.width)}
      >
        <Icon of={now.icon} />
      </button>
    </form>
  );
}
