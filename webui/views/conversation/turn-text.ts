// What was said in a turn, for Copy and Share, and which message it answered. Pure.
import type { ConversationView, Item, ReceiptItem } from '../../../daemon/protocol/view.ts';

type Pages = ConversationView['pages'];

/** Claude's words of the turn that ends with this receipt, as Markdown; what subagents said is left out. */
export function turnText(pages: Pages, receiptKey: string): string {
  const items = pages.flat();
  const end = items.findLastIndex((item) => isReceipt(item) && item.key === receiptKey);
  if (end < 0) return '';
  const start = items.slice(0, end).findLastIndex(isReceipt);
  return items
    .slice(start + 1, end)
    .flatMap((item) => (item.kind === 'text' && item.parentToolId === undefined ? [item.text.trim()] : []))
    .filter((text) => text !== '')
    .join('\n\n');
}

/** Nothing came behind it and nothing is on its way, so that what it offers still makes sense. */
export function isNewest(view: ConversationView, receiptKey: string): boolean {
  const isQuiet = view.turn === null && view.queue.length === 0 && view.unanswered.length === 0;
  return isQuiet && view.pages.at(-1)?.at(-1)?.key === receiptKey;
}

/** What to send so that Claude does it again; undefined when nobody had asked. What came with it, Claude still has. */
export function wordsForAgain(pages: Pages, { messageKey }: ReceiptItem): string | undefined {
  if (messageKey === null) return undefined;
  const message = pages.flat().find((item) => item.kind === 'message' && item.key === messageKey);
  if (message?.kind !== 'message' || message.attachments !== undefined) return 'Please try that again.';
  return message.text;
}

function isReceipt(item: Item): boolean {
  return item.kind === 'receipt';
}
