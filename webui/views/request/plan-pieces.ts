// A plan in the pieces that a person comments on: its blocks, and each item of a list by itself. Pure.
import { type Block, blocksOf } from '../../markdown/stable-blocks.ts';

export interface PlanPiece {
  readonly token: Block['token'];
  /** As it is written in the plan. */
  readonly text: string;
}

export function piecesOf(plan: string): readonly PlanPiece[] {
  return blocksOf(plan).all.flatMap(({ token, raw }) => {
    const text = raw.trim();
    if (text === '') return [];
    return isList(token) ? itemsOf(token) : [{ token, text }];
  });
}

/** The words so far, the piece quoted below them, and room for what is to be said about it. */
export function withQuote(words: string, piece: string): string {
  const before = words.trimEnd();
  const quote = piece
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
  return `${before === '' ? '' : `${before}\n\n`}${quote}\n`;
}

interface List {
  readonly type: 'list';
  readonly start: number | '';
  readonly items: readonly { readonly raw: string }[];
}

function isList(token: Block['token']): token is Block['token'] & List {
  return token.type === 'list' && 'items' in token && Array.isArray(token['items']);
}

function itemsOf(list: Block['token'] & List): PlanPiece[] {
  const start = typeof list.start === 'number' ? list.start : 1;
  return list.items.map((item, index) => ({
    token: { ...list, start: list.start === '' ? '' : start + index, items: [item] },
    text: item.raw.trim(),
  }));
}
