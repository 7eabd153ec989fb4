// What was written here and stands in no log yet: on its way, or refused.
import { useComputed } from '@preact/signals';
import type { ConversationView } from '../../../daemon/protocol/view.ts';
import { type Entries, shownBelow } from '../../outbox-entries.ts';
import type { OpenConversation } from '../../store.ts';
import { useApp } from '../app-context.ts';

export function useUnsent({ conversationId, view }: OpenConversation): Entries {
  const { outbox } = useApp();
  const clientIds = useComputed(() => clientIdsIn(view.value)).value;
  return shownBelow(outbox.entries.value, { conversationId, last: view.value.last, clientIds });
}

/** Only the newest page and the queue can hold what was sent a moment ago. */
function clientIdsIn(view: ConversationView): ReadonlySet<string> {
  const recent = view.pages.slice(-2).flat();
  const sent = recent.filter((item) => item.kind === 'message');
  return new Set([...sent, ...view.queue].map((message) => message.clientId));
}
