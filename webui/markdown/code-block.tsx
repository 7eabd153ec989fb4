// A block of code: its language, a button that copies it, and lines that scroll sideways in their own box.
import { openedOf } from '../opened.ts';
import { ColouredCode } from '../tools/colours/coloured-code.tsx';
import { languageNamed } from '../tools/colours/languages.ts';
import { CopyButton } from './copy-button.tsx';

/** One choice for all code: who wants lines broken once wants it everywhere. */
const wraps = openedOf('wrapped code');

/** On a phone, that is. */
const isWide = (text: string) => text.split('\n').some((line) => line.length > 40);

export function CodeBlock({ text, language }: { text: string; language: string }) {
  return (
    <figure class="code-block" dir="ltr">
      <figcaption>
        <span>{language === '' ? 'code' : language}</span>
        <span class="code-actions">
          {isWide(text) && (
            <button
              type="button"
              class="copy-button"
              aria-pressed={wraps.value}
              onClick={() => {
                wraps.value = !wraps.value;
              }}
            >
              Wrap
            </button>
          )}
          <CopyButton text={text} />
        </span>
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: else a keyboard could not scroll it, in Safari at least */}
      <pre tabIndex={0} class={wraps.value ? 'wrapped' : undefined}>
        <code>
          <ColouredCode text={text} language={languageNamed(language)} />
        </code>
      </pre>
    </figure>
  );
}
