// What the views of going back need to know of a conversation: whether files may have changed since a message. Pure; looks only at what is held of the conversation.
import type { ConversationView } from '../../../daemon/protocol/view.ts';

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

/** The text comes before what the person is writing already. */
export function withDraft(text: string, draft: string): string {
  if (text === '') return draft;
  return draft.trim() === '' ? text : `${text}\n\n${draft}`;
}
