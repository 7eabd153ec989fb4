// Text in which line ends count, cut when it is long until the person asks for all of it.
// Draws no Markdown and no colours.
import { useState } from 'preact/hooks';

const longest = 400;

export function LongText({ text, isCode }: { text: string; isCode: boolean }) {
  const [isWhole, setWhole] = useState(false);
  const isCut = !isWhole && text.length > longest;
  return (
    <>
      <p class={isCode ? 'long-text code' : 'long-text'} dir={isCode ? 'ltr' : 'auto'}>
        {isCut ? `${text.slice(0, longest)}…` : text}
      </p>
      {isCut && (
        <button type="button" class="show-all" onClick={() => setWhole(true)}>
          Show all {text.length.toLocaleString('en')} characters
        </button>
      )}
    </>
  );
}
