// Code with the numbers of its lines; long code is folded. The numbers are not selected with the text.
import { Folded } from './folded.tsx';
import type { NumberedLine } from './result.ts';

export function CodeLines({ lines, atMost = 200 }: { lines: readonly NumberedLine[]; atMost?: number }) {
  return (
    <Folded items={lines} atMost={atMost} keep="first" noun="lines">
      {(shown) => (
        <div class="code-lines" dir="ltr">
          {shown.map(({ number, text }) => (
            <div class="row">
              <span class="number">{number}</span>
              <span class="text">{text}</span>
            </div>
          ))}
        </div>
      )}
    </Folded>
  );
}
