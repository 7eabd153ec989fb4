// Counts the lines that an edit added and removed, from the CLI's structured patch. Pure.
// Does not read files: a result without a patch counts as unknown.
import type { ToolItem } from '../../daemon/protocol/view.ts';
import { field, listField, numberField, textField } from '../../daemon/protocol/fields.ts';

/** A part of a file before and after; the lines carry their sign in front. */
export interface Hunk {
  readonly oldStart: number;
  readonly newStart: number;
  readonly lines: readonly string[];
}

/** null when the result says nothing about lines. */
export function changesOf({ detail }: Pick<ToolItem, 'detail'>): { added: number; removed: number } | null {
  if (isNewFile(detail)) return { added: linesOf(textField(detail, 'content')).length, removed: 0 };
  const hunks = hunksOf(detail);
  if (hunks.length === 0) return null;
  const lines = hunks.flatMap((hunk) => hunk.lines);
  return {
    added: lines.filter((line) => line.startsWith('+')).length,
    removed: lines.filter((line) => line.startsWith('-')).length,
  };
}

export function isNewFile(detail: unknown): boolean {
  return textField(detail, 'type') === 'create' && typeof field(detail, 'content') === 'string';
}

/** The hunks of an Edit's or Write's result; none when it has no patch. */
export function hunksOf(detail: unknown): readonly Hunk[] {
  return listField(detail, 'structuredPatch').map((hunk) => ({
    oldStart: numberField(hunk, 'oldStart') ?? 1,
    newStart: numberField(hunk, 'newStart') ?? 1,
    lines: listField(hunk, 'lines').filter((line) => typeof line === 'string'),
  }));
}

/** A line end at the end of a file does not begin another line. */
export function linesOf(text: string): string[] {
  if (text === '') return [];
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
