// The one row above a conversation: back, what it is called, where it works, searching in it, and its menu.
import { ChevronLeft, Ellipsis, Search } from 'lucide';
import type { OpenConversation } from '../../store.ts';
import { Icon } from '../../tools/icon.tsx';
import { useApp } from '../app-context.ts';
import { folderName } from '../now/rows.tsx';
import { FindBar } from './find-bar.tsx';
import { MessagesSheet } from './messages-sheet.tsx';

export function ConversationBar({ conversation }: { conversation: OpenConversation }) {
  const { navigation, store } = useApp();
  const { conversationId } = conversation;
  const view = conversation.view.value;
  const summary = store.lobby.value.conversations[conversationId];
  const title = view.title || summary?.title || 'New conversation';
  const cwd = view.cwd || summary?.cwd || '';
  const sheet = navigation.sheet.value;
  if (sheet?.name === 'search') return <FindBar conversation={conversation} />;
  return (
    <header class="bar">
      <button type="button" class="plain back" aria-label="Back" onClick={() => navigation.back()}>
        <Icon of={ChevronLeft} />
      </button>
      <div class="named">
        <h1 dir="auto">
          <button
            type="button"
            class="title"
            aria-haspopup="dialog"
            onClick={() => navigation.show({ name: 'conversationMenu', conversationId })}
          >
            {title}
          </button>
        </h1>
        <p class="place" title={cwd}>
          {folderName(cwd)}
        </p>
      </div>
      <button
        type="button"
        class="plain"
        aria-label="Search in this conversation"
        onClick={() => navigation.show({ name: 'search', conversationId })}
      >
        <Icon of={Search} />
      </button>
      <button
        type="button"
        class="plain"
        aria-label="Menu of this conversation"
        onClick={() => navigation.show({ name: 'conversationMenu', conversationId })}
      >
        <Icon of={Ellipsis} />
      </button>
      {sheet?.name === 'messages' && <MessagesSheet conversation={conversation} />}
    </header>
  );
}
