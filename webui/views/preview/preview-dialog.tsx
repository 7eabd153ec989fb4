// The sheet in which a preview is looked at: half of the screen over the chat, or all of it. Dragged by its head, up for all of the
// screen, down for half of it, and down again to close; a button does the same.
import { Maximize2, Minimize2, X } from 'lucide';
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Signal } from '@preact/signals';
import { Icon } from '../../tools/icon.tsx';
import { useApp } from '../app-context.ts';

/** A drag this long, in px, counts. */
const enough = 60;

interface Props {
  readonly label: string;
  readonly state: ComponentChildren;
  readonly isFull: Signal<boolean>;
  readonly children: ComponentChildren;
}

export function PreviewDialog({ label, state, isFull, children }: Props) {
  const { navigation } = useApp();
  const ref = useRef<HTMLDialogElement>(null);
  const entries = useRef(0);
  const start = useRef<number | undefined>(undefined);
  const close = () => {
    // Going back would go back in the page that was looked at.
    if (history.length > entries.current) navigation.go(navigation.place.value);
    else navigation.back();
  };
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return undefined;
    entries.current = history.length;
    dialog.tabIndex = -1;
    dialog.showModal();
    dialog.focus();
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) close();
    });
    return () => dialog.close();
  }, []);
  const drag = (by: number) => ref.current?.style.setProperty('--drag', `${by}px`);
  const settle = (event: PointerEvent) => {
    const by = event.clientY - (start.current ?? event.clientY);
    start.current = undefined;
    ref.current?.classList.remove('dragged');
    drag(0);
    if (by < -enough) isFull.value = true;
    else if (by > enough && isFull.value) isFull.value = false;
    else if (by > enough) close();
  };
  return (
    <dialog
      ref={ref}
      class={isFull.value ? 'preview-sheet full' : 'preview-sheet'}
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <div class="preview-sheet-body">
        <header
          class="preview-head"
          onPointerDown={(event) => {
            if (event.target instanceof Element && event.target.closest('button')) return;
            start.current = event.clientY;
            ref.current?.classList.add('dragged');
            event.currentTarget.setPointerCapture(event.pointerId);
          }}
          onPointerMove={(event) => {
            if (start.current !== undefined) drag(event.clientY - start.current);
          }}
          onPointerUp={settle}
          onPointerCancel={settle}
        >
          <div class="named">
            <h2 dir="auto">{label}</h2>
            {state}
          </div>
          <button
            type="button"
            class="plain"
            aria-label={isFull.value ? 'Half of the screen' : 'Whole screen'}
            onClick={() => {
              isFull.value = !isFull.value;
            }}
          >
            <Icon of={isFull.value ? Minimize2 : Maximize2} />
          </button>
          <button type="button" class="plain" aria-label="Close" onClick={close}>
            <Icon of={X} />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
