// Which of the composer's sheets is open, kept in the history so that Back closes it like every other sheet.
// It knows the shape of navigation.ts's entries (`depth`) and nothing else of it.
import { type ReadonlySignal, signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';

export type Choosing = 'mode' | 'model';

export interface ChoosingPlace {
  readonly open: ReadonlySignal<Choosing | undefined>;
  show(what: Choosing): void;
}

export function useChoosing(): ChoosingPlace {
  const place = useMemo(() => {
    const open = signal<Choosing | undefined>(undefined);
    const read = () => {
      open.value = history.state?.choosing;
    };
    const show = (what: Choosing) => {
      const depth: number = history.state?.depth ?? 0;
      history.pushState({ depth: depth + 1, choosing: what }, '');
      read();
    };
    return { open, read, show };
  }, []);
  useEffect(() => {
    window.addEventListener('popstate', place.read);
    return () => window.removeEventListener('popstate', place.read);
  }, []);
  return place;
}
