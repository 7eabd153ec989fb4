// What is typed but not sent, per conversation: in memory as it is typed, on disk a moment later, so that it survives a reload.
// Nothing overwrites what lies on the disk before it has been read.
import { type Signal, signal } from '@preact/signals';
import { asDiskMay, type Database } from './database.ts';

const settleMs = 300;

export interface Drafts {
  /** The draft's text; setting its value keeps it. Empty until the disk has been read; what was typed by then comes below that. */
  of(conversationId: string): Signal<string>;
  /** Writes at once what is not on disk yet: the page may be about to go. */
  flush(): void;
  /** The conversation is gone: nothing more is written of it, and what stands in memory is empty. */
  forget(conversationId: string): void;
}

interface Draft {
  readonly text: Signal<string>;
  isRead: boolean;
  saving: ReturnType<typeof setTimeout> | undefined;
}

export function createDrafts(disk: Pick<Database, 'get' | 'put' | 'delete'>): Drafts {
  const drafts = new Map<string, Draft>();

  function save(conversationId: string, draft: Draft): void {
    clearTimeout(draft.saving);
    draft.saving = undefined;
    const text = draft.text.value;
    const saved =
      text === '' ? disk.delete('drafts', conversationId) : disk.put('drafts', conversationId, text);
    void asDiskMay(saved);
  }

  async function read(conversationId: string, draft: Draft): Promise<void> {
    const kept = (await asDiskMay(disk.get('drafts', conversationId))) ?? '';
    if (drafts.get(conversationId) !== draft) return;
    draft.isRead = true;
    const { text } = draft;
    if (kept === '' && text.value === '') return;
    const both = [kept, text.value].filter((words) => words !== '').join('\n');
    if (both === text.value) save(conversationId, draft);
    else text.value = both;
  }

  function make(conversationId: string): Draft {
    const draft: Draft = { text: signal(''), isRead: false, saving: undefined };
    drafts.set(conversationId, draft);
    let isFirst = true;
    draft.text.subscribe(() => {
      // Told once of what it begins with.
      if (isFirst || !draft.isRead || drafts.get(conversationId) !== draft) {
        isFirst = false;
        return;
      }
      clearTimeout(draft.saving);
      draft.saving = setTimeout(() => save(conversationId, draft), settleMs);
    });
    void read(conversationId, draft);
    return draft;
  }

  return {
    of: (conversationId) => (drafts.get(conversationId) ?? make(conversationId)).text,
    flush() {
      for (const [conversationId, draft] of drafts)
        if (draft.saving !== undefined) save(conversationId, draft);
    },
    forget(conversationId) {
      const draft = drafts.get(conversationId);
      drafts.delete(conversationId);
      clearTimeout(draft?.saving);
      if (draft) draft.text.value = '';
    },
  };
}
