// Makes a component of one that is fetched when it is first drawn; afterwards it is drawn at once.
// When the fetch fails, it says so and lets the person try again.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export function lazyPart<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let loaded: ComponentType<P> | null = null;

  return function LazyPart(props: P) {
    const [state, setState] = useState<'waiting' | 'there' | 'failed'>(loaded === null ? 'waiting' : 'there');
    useEffect(() => {
      if (state !== 'waiting') return undefined;
      let isWanted = true;
      load().then(
        (part) => {
          loaded = part;
          if (isWanted) setState('there');
        },
        () => {
          if (isWanted) setState('failed');
        },
      );
      return () => {
        isWanted = false;
      };
    }, [state]);

    const Part = loaded;
    if (Part !== null) return <Part {...props} />;
    if (state !== 'failed') return <p class="part-waiting">Opening…</p>;
    return (
      <p class="part-waiting">
        This could not be loaded.{' '}
        <button type="button" class="show-all" onClick={() => setState('waiting')}>
          Try again
        </button>
      </p>
    );
  };
}
