// Cuts Markdown into its top-level blocks, and does it again for a longer text by reading only the end anew.
// A block is `settled` when no text added behind it can change it; settled blocks keep their identity.
import { Lexer, type Token } from 'marked';
import { mathExtensions } from './math.ts';

export interface Block {
  readonly raw: string;
  readonly token: Token;
  /** The link definitions that were known when the block was read. */
  readonly definitions: string;
}

export interface Blocks {
  /** Settled ones first; all together spell the text. */
  readonly all: readonly Block[];
  readonly settled: number;
  /** The text that the settled blocks spell. */
  readonly settledText: string;
}

export const noBlocks: Blocks = { all: [], settled: 0, settledText: '' };

/** The blocks of `source`; `before` are those of an earlier text, of use when `source` is that text and more. */
export function blocksOf(source: string, before: Blocks = noBlocks): Blocks {
  const text = source.replaceAll(/\r\n?/g, '\n');
  const start = text.startsWith(before.settledText) ? before : noBlocks;
  const { tokens, definitions } = lex(text.slice(start.settledText.length));
  // A definition reaches back to the blocks before it, so a text that has one is read whole.
  if (definitions !== '' && start.settled > 0) return blocksOf(text);
  const all = [...start.all.slice(0, start.settled)];
  for (const token of tokens) all.push({ raw: token.raw, token, definitions });
  const settled = definitions === '' ? start.settled + settledCount(tokens) : 0;
  const added = all.slice(start.settled, settled).map(({ raw }) => raw);
  return { all, settled, settledText: start.settledText + added.join('') };
}

// A last line of nothing but marks could still become anything: `-` makes the paragraph above it a heading until
// the list item is spelled out, and a half-written table border is a row of dashes.
const undecided = /^[ \t]*(?:[-=*_+#>`~|:][-=*_+#>`~|: \t]*|\d{1,9}[.)]?[ \t]*)$/;

/** What to show of a text that is still being written. */
export function withoutUndecidedLine(text: string): string {
  const start = text.lastIndexOf('\n') + 1;
  return undecided.test(text.slice(start)) ? text.slice(0, start) : text;
}

function lex(text: string): { tokens: readonly Token[]; definitions: string } {
  try {
    const tokens = new Lexer({ gfm: true, extensions: mathExtensions }).lex(text);
    const { links } = tokens;
    return { tokens, definitions: Object.keys(links).length === 0 ? '' : JSON.stringify(links) };
  } catch (error) {
    // Quotes nested thousands deep overflow the lexer's stack.
    if (!(error instanceof RangeError)) throw error;
    return { tokens: [{ type: 'text', raw: text, text }], definitions: '' };
  }
}

/** All up to the last blank line; a list in front of it may go on behind it, as in `1. a`, blank, `2` and then `.` */
function settledCount(tokens: readonly Token[]): number {
  let open = tokens.length - 1;
  while (open > 0 && tokens[open]?.type === 'space') open -= 1;
  while (open > 0 && !endsBlank(tokens[open - 1])) open -= 1;
  let before = open - 1;
  while (before > 0 && tokens[before]?.type === 'space') before -= 1;
  if (tokens[before]?.type === 'list') {
    open = before;
    while (open > 0 && !endsBlank(tokens[open - 1])) open -= 1;
  }
  return Math.max(0, open);
}

function endsBlank(token: Token | undefined): boolean {
  return token !== undefined && /\n[ \t]*\n[ \t]*$/.test(token.raw);
}
