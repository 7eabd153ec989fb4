// What was read of a file, with line numbers; of pictures and other files only that they were read.
import type { ToolItem } from '../../../daemon/protocol/view.ts';
import { useMemo } from 'preact/hooks';
import { linesOf } from '../changes.ts';
import { CodeLines } from '../code-lines.tsx';
import { languageOfFile } from '../colours/languages.ts';
import { field, numberField, textField } from '../../../daemon/protocol/fields.ts';
import { shownPath } from '../paths.ts';
import { type NumberedLine, numberedLines } from '../result.ts';

export function ReadBody({ item, cwd }: { item: ToolItem; cwd: string }) {
  const file = field(item.detail, 'file');
  const path = textField(item.input, 'file_path');
  const lines = useMemo(() => linesRead(item, file), [item]);
  const total = numberField(file, 'totalLines');
  const first = lines[0]?.number ?? null;
  // The CLI counts what stands behind the last line end as a line.
  const isPart = total !== null && first !== null && (first > 1 || lines.length < total - 1);
  return (
    <>
      <p class="path" dir="ltr">
        {shownPath(path, cwd)}
      </p>
      {isPart && (
        <p class="aside">
          Lines {first}–{first + lines.length - 1} of {total}
        </p>
      )}
      {lines.length === 0 ? (
        !item.images && <p class="aside">{nothingWords(item)}</p>
      ) : (
        <CodeLines lines={lines} language={languageOfFile(path)} />
      )}
    </>
  );
}

function nothingWords({ state, detail }: ToolItem): string {
  if (state === 'running') return 'Reading…';
  return textField(detail, 'type') === 'file_unchanged' ? 'As it was read before.' : 'No text to show.';
}

function linesRead({ output, detail }: ToolItem, file: unknown): readonly NumberedLine[] {
  const type = textField(detail, 'type');
  if (type === 'text') {
    const start = numberField(file, 'startLine') ?? 1;
    return linesOf(textField(file, 'content')).map((text, index) => ({ number: start + index, text }));
  }
  return type === '' && output !== '' ? numberedLines(output) : [];
}
