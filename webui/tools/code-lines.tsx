// Code with the numbers of its lines; long code is folded. The numbers are not selected with the text.
import { useMemo } from 'preact/hooks';
import { Pieces } from './colours/pieces.tsx';
import { useColours } from './colours/use-colours.ts';
import { Folded } from './folded.tsx';
import type { NumberedLine } from './result.ts';

interface Props {
  readonly lines: readonly NumberedLine[];
  /** '' for text that is no code. */
  readonly language?: string;
  readonly atMost?: number;
}

export function CodeLines({ lines, language = '', atMost = 200 }: Props) {
  const coloured = useColours(
    useMemo(() => lines.map(({ text }) => text).join('\n'), [lines]),
    language,
  );
  return (
    <Folded items={lines} atMost={atMost} keep="first" noun="lines">
      {(shown) => (
        <div class="code-lines" dir="ltr">
          {shown.map(({ number, text }, index) => (
            <div class="code-row">
              <span class="number">{number}</span>
              <span class="text">
                <Pieces text={text} line={coloured[index]} />
              </span>
            </div>
          ))}
        </div>
      )}
    </Folded>
  );
}
