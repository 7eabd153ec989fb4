// What an edit changed: the CLI's own patch when there is one, otherwise what it was asked to change.
import type { ToolItem } from '../../../daemon/protocol/view.ts';
import { useMemo } from 'preact/hooks';
import { hunksOf, isNewFile } from '../changes.ts';
import { languageOfFile } from '../colours/languages.ts';
import { Diff } from '../diff.tsx';
import { type DiffRow, rowsOfHunks, rowsOfNewFile, rowsOfReplacement } from '../diff-rows.ts';
import { listField, textField } from '../../../daemon/protocol/fields.ts';
import { partsOfPath, shownPath } from '../paths.ts';

export function EditBody({ item, cwd }: { item: ToolItem; cwd: string }) {
  const path = textField(item.input, 'file_path') || textField(item.input, 'notebook_path');
  const { head, tail } = partsOfPath(shownPath(path, cwd));
  const rows = useMemo(() => rowsOf(item), [item]);
  return (
    <>
      <p class="path" dir="ltr">
        {head}
        <b>{tail}</b>
      </p>
      {rows.length === 0 ? (
        <p class="aside">No lines changed.</p>
      ) : (
        <Diff rows={rows} language={languageOfFile(path)} />
      )}
    </>
  );
}

function rowsOf({ input, detail }: ToolItem): DiffRow[] {
  if (isNewFile(detail)) return rowsOfNewFile(textField(detail, 'content'));
  const hunks = hunksOf(detail);
  if (hunks.length > 0) return rowsOfHunks(hunks);
  const edits = listField(input, 'edits');
  if (edits.length > 0) return edits.flatMap(replacement);
  const content = textField(input, 'content') || textField(input, 'new_source');
  return content === '' ? replacement(input) : rowsOfNewFile(content);
}

function replacement(edit: unknown): DiffRow[] {
  return rowsOfReplacement(textField(edit, 'old_string'), textField(edit, 'new_string'));
}
