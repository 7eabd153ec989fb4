// What the views of going back need to know of a conversation: which message an interrupted turn began with, and whether files
// may have changed since a message. Pure; looks only at what is held of the conversation.
import type { ConversationView, Item, MessageItem } from '../../../daemon/protocol/view.ts';

const edits: ReadonlySet<string> = new Set(['Edit', 'Write', 'MultiEdit', 'NotebookEdit']);

/** Asking what could be put back may start Claude, so it is only asked when there is reason to. */
export function mayHaveChanged({ pages }: Pick<ConversationView, 'pages'>, messageId: string): boolean {
  const items = pages.flat();
  // In an older page: then all that is held came since.
  const at = Math.max(
    0,
    items.findIndex((item) => item.key === messageId),
  );
  return items.slice(at).some((item) => item.kind === 'tool' && edits.has(item.tool));
}

/** The message that has no end to its turn; undefined when nobody asked for that turn. */
export function unanswered({ pages }: Pick<ConversationView, 'pages'>): MessageItem | undefined {
  const items = pages.flat().filter((item) => !item.aside);
  const since = items.slice(items.findLastIndex((item) => item.kind === 'receipt') + 1);
  return since.find(isMessage);
}

function isMessage(item: Item): item is MessageItem {
  return item.kind === 'message';
}

/** The text comes before what the person is writing already. */
export function withDraft(text: string, draft: string): string {
  if (text === '') return draft;
  return draft.trim() === '' ? text : `${text}\n\n${draft}`;
}
