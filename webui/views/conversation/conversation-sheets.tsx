// The sheets that lie over an open conversation and speak of one thing in it.
import type { OpenConversation } from '../../store.ts';
import { useApp } from '../app-context.ts';
import { TrustSheet } from '../folder-trust/trust-sheet.tsx';
import { PreviewsSheet } from '../preview/previews-sheet.tsx';
import { MessageSheet } from './message-sheet.tsx';
import { TasksSheet } from './tasks-strip.tsx';
import { UndoSheet } from './undo-turn.tsx';

export function ConversationSheets({ conversation }: { conversation: OpenConversation }) {
  const sheet = useApp().navigation.sheet.value;
  switch (sheet?.name) {
    case 'message':
      return <MessageSheet conversation={conversation} messageId={sheet.messageId} />;
    case 'undo':
      return <UndoSheet conversation={conversation} messageId={sheet.messageId} />;
    case 'folderTrust':
      return <TrustSheet conversation={conversation} />;
    case 'previews':
      return <PreviewsSheet conversation={conversation} />;
    case 'tasks':
      return <TasksSheet conversation={conversation} />;
    default:
      return null;
  }
}
