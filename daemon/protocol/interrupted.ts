// Which messages a turn without an end had taken, and nobody has decided on: what Retry says again and Leave leaves. Pure.
import type { ConversationView, Item, MessageItem } from './view.ts';

/** In order. Empty when nobody asked for that turn. Looks only at what the view holds. */
export function interruptedMessages({ pages }: Pick<ConversationView, 'pages'>): readonly MessageItem[] {
  const items = pages.flat().filter((item) => !item.aside);
  return items.slice(items.findLastIndex((item) => item.kind === 'receipt') + 1).filter(isOpen);
}

function isOpen(item: Item): item is MessageItem {
  if (item.kind !== 'message' || item.settled !== undefined) return false;
  return item.state === 'handed' || item.state === 'taken' || item.state === 'doubted';
}
