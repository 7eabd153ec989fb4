// A plan, drawn; each piece can be commented on by a tap, or by its own button for a keyboard and a screen reader.
import { MessageSquareQuote } from 'lucide';
import { block } from '../../markdown/blocks.tsx';
import { Icon } from '../../tools/icon.tsx';
import type { PlanPiece } from './plan-pieces.ts';

interface Props {
  readonly pieces: readonly PlanPiece[];
  readonly onQuote: (text: string) => void;
}

export function PlanText({ pieces, onQuote }: Props) {
  if (pieces.length === 0) return <p class="aside">The plan has no text.</p>;
  return (
    <div class="plan-text">
      <p class="aside plan-hint">Tap a part to comment on it.</p>
      {pieces.map(({ token, text }, index) => (
        // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the button inside does the same
        <div key={index} class="plan-piece" onClick={(event) => isTap(event) && onQuote(text)}>
          <div class="markdown">{block(token)}</div>
          <button
            type="button"
            class="plain quote"
            aria-label={`Comment on: ${text.slice(0, 60)}`}
            onClick={() => onQuote(text)}
          >
            <Icon of={MessageSquareQuote} />
          </button>
        </div>
      ))}
    </div>
  );
}

/** Not a press on something inside, and not the end of a selection. */
function isTap({ target }: MouseEvent): boolean {
  if (target instanceof Element && target.closest('a, button')) return false;
  return document.getSelection()?.isCollapsed !== false;
}
