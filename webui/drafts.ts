// What is typed but not sent, per conversation: in memory as it is typed, on disk a moment later, so that it survives a reload.
import { type Signal, signal } from '@preact/signals';
import type { Database } from './database.ts';

const settleMs = 300;

export interface Drafts {
  /** The draft's text; setting its value keeps it. Empty until the disk has been read. */
  of(conversationId: string): Signal<string>;
  /** Writes at once what is not on disk yet: the page may be about to go. */
  flush(): void;
}

export function createDrafts(disk: Pick<Database, 'get' | 'put' | 'delete'>): Drafts {
  const drafts = new Map<string, Signal<string>>();
  const unsaved = new Map<string, ReturnType<typeof setTimeout>>();

  function save(conversationId: string): void {
    clearTimeout(unsaved.get(conversationId));
    unsaved.delete(conversationId);
    const text = drafts.get(conversationId)?.value ?? '';
    void (text === '' ? disk.delete('drafts', conversationId) : disk.put('drafts', conversationId, text));
  }

  function make(conversationId: string): Signal<string> {
    const draft = signal('');
    let isRead = false;
    drafts.set(conversationId, draft);
    void disk.get('drafts', conversationId).then((text) => {
      // Whoever types faster than the disk answers is right.
      if (draft.value === '' && text !== undefined) draft.value = text;
      isRead = true;
    });
    draft.subscribe((text) => {
      if (!isRead && text === '') return;
      clearTimeout(unsaved.get(conversationId));
      unsaved.set(
        conversationId,
        setTimeout(() => save(conversationId), settleMs),
      );
    });
    return draft;
  }

  return {
    of: (conversationId) => drafts.get(conversationId) ?? make(conversationId),
    flush() {
      for (const conversationId of unsaved.keys()) save(conversationId);
    },
  };
}
