// Draws one of lucide's icons in the colour and size of the text around it. Decoration only: it has no name for
// screen readers, so a control that shows nothing else needs an `aria-label`.
import type { IconNode } from 'lucide';
import { createElement } from 'preact';

export function Icon({ of }: { of: IconNode }) {
  return (
    <svg
      class="icon"
      viewBox="0 0 24 24"
      width="20"
      height="20"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {of.map(([tag, attributes]) => createElement(tag, attributes))}
    </svg>
  );
}
