// Turns a change into the rows of a diff: what stayed, went and came, with line numbers where they are known. Pure.
import { type Hunk, linesOf } from './changes.ts';
import { commonLines } from './common-lines.ts';

export interface DiffRow {
  readonly kind: 'same' | 'removed' | 'added' | 'gap' | 'note';
  readonly oldLine: number | null;
  readonly newLine: number | null;
  readonly text: string;
}

/** Rows of a structured patch; a gap stands between two hunks. */
export function rowsOfHunks(hunks: readonly Hunk[]): DiffRow[] {
  return hunks.flatMap((hunk, index) => {
    const gap: DiffRow = { kind: 'gap', oldLine: null, newLine: null, text: '' };
    return index === 0 ? rowsOfHunk(hunk) : [gap, ...rowsOfHunk(hunk)];
  });
}

function rowsOfHunk({ oldStart, newStart, lines }: Hunk): DiffRow[] {
  let oldLine = oldStart;
  let newLine = newStart;
  return lines.map((line): DiffRow => {
    const text = line.slice(1);
    if (line.startsWith('-')) return { kind: 'removed', oldLine: oldLine++, newLine: null, text };
    if (line.startsWith('+')) return { kind: 'added', oldLine: null, newLine: newLine++, text };
    // "\ No newline at end of file" is no line of the file.
    if (line.startsWith('\\')) return { kind: 'note', oldLine: null, newLine: null, text: text.trim() };
    return { kind: 'same', oldLine: oldLine++, newLine: newLine++, text };
  });
}

export function rowsOfNewFile(content: string): DiffRow[] {
  return linesOf(content).map((text, index) => ({ kind: 'added', oldLine: null, newLine: index + 1, text }));
}

/** Rows of a replacement somewhere in a file: without numbers, because nobody has said where. */
export function rowsOfReplacement(before: string, after: string): DiffRow[] {
  const row = (kind: DiffRow['kind'], text: string): DiffRow => ({
    kind,
    oldLine: null,
    newLine: null,
    text,
  });
  const old = linesOf(before);
  const now = linesOf(after);
  const rows: DiffRow[] = [];
  let [o, n] = [0, 0];
  for (const [oldIndex, newIndex] of [...commonLines(old, now), [old.length, now.length] as const]) {
    rows.push(...old.slice(o, oldIndex).map((text) => row('removed', text)));
    rows.push(...now.slice(n, newIndex).map((text) => row('added', text)));
    const text = old[oldIndex];
    if (text !== undefined) rows.push(row('same', text));
    [o, n] = [oldIndex + 1, newIndex + 1];
  }
  return rows;
}
