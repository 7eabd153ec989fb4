// What to show of a text whose end is still being written: marks that wait for their partner are taken as closed, and a
// table's head waits for its border. Nothing flickers from `**so` to bold. Pure; finished texts are never mended.
import { withoutUndecidedLine } from './stable-blocks.ts';

/** Looks at the last block only; what stands before a blank line is decided. */
export function mended(text: string): string {
  const decided = withoutUndecidedLine(text);
  if (isInFence(decided)) return decided;
  const start = startOfLastBlock(decided);
  const [before, last] = [decided.slice(0, start), decided.slice(start)];
  return before + closed(withoutHead(last));
}

function startOfLastBlock(text: string): number {
  const lines = text.split('\n');
  const blank = lines.slice(0, -1).findLastIndex((line) => line.trim() === '');
  return lines.slice(0, blank + 1).reduce((sum, line) => sum + line.length + 1, 0);
}

function isInFence(text: string): boolean {
  let fence = '';
  for (const line of text.split('\n')) {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1] ?? '';
    if (fence === '') fence = mark;
    else if (mark.startsWith(fence) && line.trim() === mark) fence = '';
  }
  return fence !== '';
}

/** A line that begins with `|` may become the head of a table; alone it is none yet. */
function withoutHead(block: string): string {
  const lines = block.trimEnd().split('\n');
  const isRow = (line: string | undefined) => line !== undefined && /^[ \t]*\|/.test(line);
  if (!isRow(lines.at(-1)) || isRow(lines.at(-2))) return block;
  return lines.slice(0, -1).join('\n') + (lines.length > 1 ? '\n' : '');
}

/** Adds the closing marks that are missing, innermost first; a mark with nothing behind it is left out. */
function closed(block: string): string {
  const line = block.slice(block.lastIndexOf('\n') + 1);
  const bare = block
    .replace(/!?\[([^\]\n]*)(?:\]\([^)\n]*)?$/, '$1')
    .replace(/(?:\*{1,3}|_{1,3}|~~?|`+)$/, '');
  // A list's bullet is not an opening star.
  const open = openMarks(bare.slice(block.length - line.length).replace(/^[ \t]*[*+-][ \t]+/, ''));
  return open.length === 0 ? bare : bare.trimEnd() + open.toReversed().join('');
}

function openMarks(line: string): string[] {
  const open: string[] = [];
  // Stars and ticks of a formula are its own.
  const prose = line.replaceAll(/\$[^$\n]+\$/g, '');
  for (const [mark] of prose.matchAll(/\\.|`+|\*\*|~~|\*(?=\S)|(?<=\S)\*/g)) {
    const last = open.at(-1);
    if (mark.startsWith('\\')) continue;
    if (last === mark) open.pop();
    else if (!last?.startsWith('`')) open.push(mark);
  }
  return open;
}
