// A view that is fetched when it is first needed, so that the first load stays small. Shows nothing until it is there,
// which on the home network is a blink; when it cannot be fetched it says so.
import { signal } from '@preact/signals';
import type { ComponentType, JSX } from 'preact';
import { useState } from 'preact/hooks';

export interface LazyView<P> {
  (props: P): JSX.Element | null;
  /** Fetches ahead of need. */
  preload(): void;
}

type State<P> = 'idle' | 'loading' | 'failed' | { readonly View: ComponentType<P> };

export function lazy<P extends object>(load: () => Promise<ComponentType<P>>): LazyView<P> {
  const state = signal<State<P>>('idle');

  function fetchView(): void {
    state.value = 'loading';
    load().then(
      (View) => {
        state.value = { View };
      },
      // The network is gone, or a new build took the old file away.
      () => {
        state.value = 'failed';
      },
    );
  }
  function preload(): void {
    if (state.peek() === 'idle') fetchView();
  }
  /** What failed before anybody looked may have failed for want of a network that is back. */
  function fetchUnlessThere(): void {
    if (state.peek() === 'idle' || state.peek() === 'failed') fetchView();
  }
  function Lazy(props: P) {
    useState(fetchUnlessThere);
    const now = state.value;
    if (typeof now === 'object') return <now.View {...props} />;
    return now === 'failed' ? <Failed onRetry={fetchView} /> : null;
  }
  return Object.assign(Lazy, { preload });
}

function Failed({ onRetry }: { onRetry: () => void }) {
  return (
    <div class="screen nothing">
      <p role="alert">This part of the page could not be loaded.</p>
      <button type="button" class="button" onClick={onRetry}>
        Try again
      </button>
    </div>
  );
}
