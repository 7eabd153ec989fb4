// One conversation: what was said and done, what Claude asks, and where the person writes.
import { useComputed } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { OpenConversation } from '../../store.ts';
import { useApp } from '../app-context.ts';
import { ConnectionLine } from '../connection-line.tsx';
import { TrustLine } from '../folder-trust/trust-line.tsx';
import { TroubleLine } from '../trouble-line.tsx';
import { Composer } from './composer.tsx';
import { ConversationSheets } from './conversation-sheets.tsx';
import { ConversationBar } from './conversation-bar.tsx';
import { ForkInstead } from './fork-instead.tsx';
import { Gone } from './gone.tsx';
import { PreviewLine } from '../preview/preview-line.tsx';
import { RequestDock, RequestsSaid } from '../request/request-dock.tsx';
import { Queue } from './queue.tsx';
import { TasksStrip } from './tasks-strip.tsx';
import { TodoStrip } from './todo-strip.tsx';
import { Transcript } from './transcript.tsx';
import { LimitLine } from '../usage/limit-line.tsx';

export function Conversation({ conversationId }: { conversationId: string }) {
  const { store } = useApp();
  const conversation = useComputed(() => store.open(conversationId)).value;
  useEffect(() => () => store.leave(conversationId), [conversationId]);
  if (conversation.state.value === 'gone') return <Gone />;
  return (
    <main class="screen conversation">
      <ConversationBar conversation={conversation} />
      <ConnectionLine />
      <TroubleLine trouble={conversation.trouble.value ?? store.trouble.value} />
      <Transcript conversation={conversation} />
      <Dock conversation={conversation} />
      <ConversationSheets conversation={conversation} />
    </main>
  );
}

/** What blocks work stands above the composer, never in the scroll. */
function Dock({ conversation }: { conversation: OpenConversation }) {
  const { requests, cwd, todos } = conversation.view.value;
  const { conversationId } = conversation;
  return (
    <div class="dock">
      <RequestsSaid requests={requests} />
      {requests.length > 0 && <RequestDock conversationId={conversationId} requests={requests} cwd={cwd} />}
      <TrustLine conversation={conversation} />
      <LimitLine conversationId={conversationId} />
      {todos.length > 0 && <TodoStrip conversationId={conversationId} todos={todos} />}
      <TasksStrip conversation={conversation} />
      <PreviewLine conversation={conversation} />
      <Queue conversation={conversation} />
      {conversation.trouble.value?.code === 'log_damaged' ? (
        <ForkInstead conversationId={conversationId} />
      ) : (
        <Composer conversation={conversation} />
      )}
    </div>
  );
}
