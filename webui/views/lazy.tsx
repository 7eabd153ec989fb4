// A view that is fetched when it is first needed, so that the first load stays small. Shows nothing until it is there,
// which on the home network is a blink.
import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';

export interface LazyView<P> {
  (props: P): preact.VNode | null;
  /** Fetches ahead of need. */
  preload(): void;
}

export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): LazyView<P> {
  const loaded = signal<{ readonly View: ComponentType<P> } | undefined>(undefined);
  let isLoading = false;

  function preload(): void {
    if (isLoading || loaded.value) return;
    isLoading = true;
    load().then(
      (View) => {
        loaded.value = { View };
      },
      // A new build may have taken the old file away, or the network is gone: the next need tries again.
      () => {
        isLoading = false;
      },
    );
  }
  function Lazy(props: P) {
    preload();
    const now = loaded.value;
    return now ? <now.View {...props} /> : null;
  }
  return Object.assign(Lazy, { preload });
}
