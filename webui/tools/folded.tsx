// Shows the first or the last of many lines, and all of them when the person asks for it.
// Knows nothing of what a line is.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

interface Props<T> {
  readonly items: readonly T[];
  readonly atMost: number;
  /** Which end stays visible: output is read from its end. */
  readonly keep: 'first' | 'last';
  /** What the items are, in the plural. */
  readonly noun: string;
  readonly children: (items: readonly T[]) => ComponentChildren;
}

export function Folded<T>({ items, atMost, keep, noun, children }: Props<T>) {
  const [isWhole, setWhole] = useState(false);
  if (isWhole || items.length <= atMost) return <>{children(items)}</>;
  const shown = keep === 'first' ? items.slice(0, atMost) : items.slice(-atMost);
  const more = (
    <button type="button" class="show-all" onClick={() => setWhole(true)}>
      Show all {items.length.toLocaleString('en')} {noun}
    </button>
  );
  return (
    <>
      {keep === 'last' && more}
      {children(shown)}
      {keep === 'first' && more}
    </>
  );
}
