// Draws the rows of a diff, long ones folded. Lines wrap, so that a phone shows them whole.
// Numbers and signs are not selected with the text: what is copied is code.
import { useMemo } from 'preact/hooks';
import type { ColouredLine } from './colours/coloured-lines.ts';
import { Pieces } from './colours/pieces.tsx';
import { useColours } from './colours/use-colours.ts';
import type { DiffRow } from './diff-rows.ts';
import { Folded } from './folded.tsx';

const signs = { same: ' ', removed: '−', added: '+', gap: '⋯', note: ' ' } satisfies Record<
  DiffRow['kind'],
  string
>;

interface Props {
  readonly rows: readonly DiffRow[];
  /** '' for text that is no code. */
  readonly language?: string;
  readonly atMost?: number;
}

export function Diff({ rows, language = '', atMost = 400 }: Props) {
  const lineOf = useSides(rows, language);
  const isNumbered = rows.some(({ oldLine, newLine }) => oldLine !== null || newLine !== null);
  const isNewFile = rows.every(({ kind }) => kind === 'added');
  const numbers = !isNumbered ? 'unnumbered' : isNewFile ? 'new-file' : 'numbered';
  return (
    <Folded items={rows} atMost={atMost} keep="first" noun="lines">
      {(shown) => (
        <div class={`diff ${numbers}`} dir="ltr">
          {shown.map((row) => (
            <div class={`code-row ${row.kind}`}>
              <span class="number old">{row.oldLine}</span>
              <span class="number new">{row.newLine}</span>
              <span class="sign">{signs[row.kind]}</span>
              <span class="text">
                <Pieces text={row.text} line={lineOf(row)} />
              </span>
            </div>
          ))}
        </div>
      )}
    </Folded>
  );
}

/** What went is code of the old text, all else of the new one: each is read as a whole. */
function useSides(rows: readonly DiffRow[], language: string): (row: DiffRow) => ColouredLine | undefined {
  const [old, now] = useMemo(() => [rows.filter(isOld), rows.filter(isNew)], [rows]);
  const oldLines = useColours(
    useMemo(() => textOf(old), [old]),
    language,
  );
  const newLines = useColours(
    useMemo(() => textOf(now), [now]),
    language,
  );
  return useMemo(() => {
    const lines = new Map<DiffRow, ColouredLine | undefined>();
    old.forEach((row, index) => {
      lines.set(row, oldLines[index]);
    });
    now.forEach((row, index) => {
      lines.set(row, newLines[index]);
    });
    return (row: DiffRow) => lines.get(row);
  }, [old, now, oldLines, newLines]);
}

const isOld = ({ kind }: DiffRow) => kind === 'removed' || kind === 'same';
const isNew = ({ kind }: DiffRow) => kind === 'added' || kind === 'same';

function textOf(rows: readonly DiffRow[]): string {
  return rows.map(({ text }) => text).join('\n');
}
