// Puts words about a preview into the composer of the conversation that it belongs to, and leads there. Never sends.
import type { PreviewSummary } from '../../../daemon/protocol/previews.ts';
import { useApp } from '../app-context.ts';
import { conversationFor } from './previews-of.ts';

export interface TellClaude {
  /** The words stand below what is in the draft already; the files go with it. */
  tell(words: string, files?: readonly File[]): void;
}

/** Undefined where there is no conversation for it. */
export function useTellClaude(preview: PreviewSummary): TellClaude | undefined {
  const { store, drafts, uploads, navigation, access } = useApp();
  const place = navigation.place.value;
  const here = place.kind === 'conversation' ? place.conversationId : undefined;
  const conversationId = here ?? conversationFor(store.lobby.value, preview)?.conversationId;
  if (conversationId === undefined || !access.scopes.includes('use')) return undefined;
  return {
    tell(words, files = []) {
      const draft = drafts.of(conversationId);
      draft.value = [draft.value.trimEnd(), words].filter((part) => part !== '').join('\n\n');
      drafts.flush();
      if (files.length > 0) uploads.add(conversationId, files);
      navigation.go({ kind: 'conversation', conversationId });
    },
  };
}
