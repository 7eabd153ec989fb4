// A single line that would fill screens (a minified file, a pasted blob): its beginning, and all of it when the person asks.
// Shows at once how much there is, so that nothing hides behind the cut.
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

/** Characters: about a phone's screen. */
export const longestLine = 1500;

export function LongLine({ text, children }: { text: string; children: ComponentChildren }) {
  const [isWhole, setWhole] = useState(false);
  if (isWhole || text.length <= longestLine) return <>{children}</>;
  return (
    <>
      {text.slice(0, longestLine)}…{' '}
      <button type="button" class="show-all" onClick={() => setWhole(true)}>
        Show all {text.length.toLocaleString('en')} characters
      </button>
    </>
  );
}
