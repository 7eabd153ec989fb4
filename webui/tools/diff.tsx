// Draws the rows of a diff, long ones folded. Lines wrap, so that a phone shows them whole.
// Numbers and signs are not selected with the text: what is copied is code.
import type { DiffRow } from './diff-rows.ts';
import { Folded } from './folded.tsx';

const signs = { same: ' ', removed: '−', added: '+', gap: '⋯', note: ' ' } satisfies Record<
  DiffRow['kind'],
  string
>;

export function Diff({ rows, atMost = 400 }: { rows: readonly DiffRow[]; atMost?: number }) {
  const isNumbered = rows.some(({ oldLine, newLine }) => oldLine !== null || newLine !== null);
  const isNewFile = rows.every(({ kind }) => kind === 'added');
  const numbers = !isNumbered ? 'unnumbered' : isNewFile ? 'new-file' : 'numbered';
  return (
    <Folded items={rows} atMost={atMost} keep="first" noun="lines">
      {(shown) => (
        <div class={`diff ${numbers}`} dir="ltr">
          {shown.map((row) => (
            <div class={`row ${row.kind}`}>
              <span class="number old">{row.oldLine}</span>
              <span class="number new">{row.newLine}</span>
              <span class="sign">{signs[row.kind]}</span>
              <span class="text">{row.text}</span>
            </div>
          ))}
        </div>
      )}
    </Folded>
  );
}
