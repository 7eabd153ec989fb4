// A sheet from the bottom, on wide screens a card in the middle. Closed by a swipe down, Escape, Back or a tap beside it;
// the browser's own dialog keeps the focus inside and gives it back.
import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useApp } from './app-context.ts';
import { hasKeyboard } from './wide.ts';

/** A swipe this long closes. */
const enough = 90;

export function Sheet({ label, children }: { label: string; children: ComponentChildren }) {
  const { navigation } = useApp();
  const ref = useRef<HTMLDialogElement>(null);
  const close = () => navigation.back();

  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return undefined;
    // The first field would bring up a phone's keyboard unasked, and the first button would look pressed.
    dialog.tabIndex = -1;
    dialog.showModal();
    const first = hasKeyboard.value ? dialog.querySelector('input') : null;
    (first ?? dialog).focus();
    // The dialog's own box is filled by its content, so a click on it is one on the backdrop.
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) close();
    });
    return () => dialog.close();
  }, []);

  return (
    <dialog
      ref={ref}
      class="sheet"
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
    >
      <div class="sheet-body">
        <Grip sheet={() => ref.current} onClose={close} label={label} />
        {children}
      </div>
    </dialog>
  );
}

function Grip(props: { sheet: () => HTMLElement | null; onClose: () => void; label: string }) {
  const { sheet, onClose, label } = props;
  const start = useRef<number | undefined>(undefined);
  const moved = (event: PointerEvent) => Math.max(0, event.clientY - (start.current ?? event.clientY));

  const settle = (event: PointerEvent) => {
    const by = moved(event);
    start.current = undefined;
    sheet()?.style.removeProperty('translate');
    if (by > enough) onClose();
  };
  return (
    <header
      class="sheet-head"
      onPointerDown={(event) => {
        if (event.target instanceof Element && event.target.closest('button')) return;
        start.current = event.clientY;
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={(event) => {
        if (start.current !== undefined) sheet()?.style.setProperty('translate', `0 ${moved(event)}px`);
      }}
      onPointerUp={settle}
      onPointerCancel={settle}
    >
      <h2>{label}</h2>
      <button type="button" class="plain" onClick={onClose}>
        Close
      </button>
    </header>
  );
}
