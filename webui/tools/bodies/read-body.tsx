// What was read of a file, with line numbers; of pictures and other files only that they were read.
import type { ToolItem } from '../../../daemon/protocol/view.ts';
import { linesOf } from '../changes.ts';
import { CodeLines } from '../code-lines.tsx';
import { field, numberField, textField } from '../fields.ts';
import { shownPath } from '../paths.ts';
import { type NumberedLine, numberedLines } from '../result.ts';

export function ReadBody({ item, cwd }: { item: ToolItem; cwd: string }) {
  const file = field(item.detail, 'file');
  const lines = linesRead(item, file);
  const total = numberField(file, 'totalLines');
  const first = lines[0]?.number ?? null;
  const isPart = total !== null && first !== null && lines.length < total;
  return (
    <>
      <p class="path" dir="ltr">
        {shownPath(textField(item.input, 'file_path'), cwd)}
      </p>
      {isPart && (
        <p class="aside">
          Lines {first}–{first + lines.length - 1} of {total}
        </p>
      )}
      {lines.length === 0 ? <p class="aside">No text to show.</p> : <CodeLines lines={lines} />}
    </>
  );
}

function linesRead({ output, detail }: ToolItem, file: unknown): readonly NumberedLine[] {
  const type = textField(detail, 'type');
  if (type === 'text') {
    const start = numberField(file, 'startLine') ?? 1;
    return linesOf(textField(file, 'content')).map((text, index) => ({ number: start + index, text }));
  }
  return type === '' && output !== '' ? numberedLines(output) : [];
}
