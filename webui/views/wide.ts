// Whether there is room for the list and a conversation side by side, as a signal. The styles use the same width.
import { type ReadonlySignal, signal } from '@preact/signals';

export const isWide = matches('(min-width: 900px)');

/** A mouse and, as far as a page can tell, a keyboard. */
export const hasKeyboard = matches('(hover: hover) and (pointer: fine)');

function matches(query: string): ReadonlySignal<boolean> {
  const list = window.matchMedia(query);
  const now = signal(list.matches);
  list.addEventListener('change', () => {
    now.value = list.matches;
  });
  return now;
}
