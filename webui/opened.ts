// What the person has opened of what is folded: a tool call, a thought, a receipt. Kept outside of the views, so that it is
// still open when its row was scrolled away and comes back. In memory only; a reload folds everything.
import { type Signal, signal } from '@preact/signals';

const opened = new Map<string, Signal<boolean>>();

/** Whether the thing of this name is open; names are unique in the app. */
export function openedOf(name: string): Signal<boolean> {
  const known = opened.get(name);
  if (known) return known;
  const fresh = signal(false);
  opened.set(name, fresh);
  return fresh;
}
