// Draws what a program wrote: colours as classes, the last lines of a long output first.
// Text only; nothing in the output can become an element or an address.
import { ansiLines, type Piece, type Style } from './ansi.ts';
import { Folded } from './folded.tsx';
import { LongLine } from './long-line.tsx';

const linesAtOnce = 200;

export function Terminal({ text, kind }: { text: string; kind: 'output' | 'errors' }) {
  return (
    <Folded items={ansiLines(text.trimEnd())} atMost={linesAtOnce} keep="last" noun="lines">
      {(lines) => (
        <pre class={`terminal ${kind}`} dir="ltr">
          {lines.map((pieces, index) => (
            <>
              {index > 0 && '\n'}
              <LongLine text={pieces.map(({ text: words }) => words).join('')}>{pieces.map(piece)}</LongLine>
            </>
          ))}
        </pre>
      )}
    </Folded>
  );
}

function piece({ text, style }: Piece) {
  const names = classes(style);
  return names === '' ? text : <span class={names}>{text}</span>;
}

function classes({ colour, background, isBold, isDim, isItalic, isUnderlined }: Style): string {
  return [
    colour === null ? '' : `ansi-${colour}`,
    background === null ? '' : `ansi-on-${background}`,
    isBold ? 'ansi-bold' : '',
    isDim ? 'ansi-dim' : '',
    isItalic ? 'ansi-italic' : '',
    isUnderlined ? 'ansi-underlined' : '',
  ]
    .filter((name) => name !== '')
    .join(' ');
}
