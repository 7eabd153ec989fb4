// A block of code: its language, a button that copies it, and lines that scroll sideways in their own box.
import { ColouredCode } from '../tools/colours/coloured-code.tsx';
import { languageNamed } from '../tools/colours/languages.ts';
import { CopyButton } from './copy-button.tsx';

export function CodeBlock({ text, language }: { text: string; language: string }) {
  return (
    <figure class="code-block" dir="ltr">
      <figcaption>
        <span>{language === '' ? 'code' : language}</span>
        <CopyButton text={text} />
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: else a keyboard could not scroll it, in Safari at least */}
      <pre tabIndex={0}>
        <code>
          <ColouredCode text={text} language={languageNamed(language)} />
        </code>
      </pre>
    </figure>
  );
}
