// A message written here for the running turn that came to wait all the same is handed on at once. One that left the queue
// meanwhile is with Claude already, which is all that was wanted.
import { useEffect, useRef } from 'preact/hooks';
import { AppError } from '../../../daemon/protocol/errors.ts';
import { Unreachable } from '../../http.ts';
import type { OpenConversation } from '../../store.ts';
import { useApp } from '../app-context.ts';

export function useSteering({ conversationId, view }: OpenConversation): void {
  const { outbox, command, connection } = useApp();
  const asked = useRef(new Set<string>());
  const isLive = connection.state.value.kind === 'live';
  const wanted = new Set(outbox.entries.value.filter(({ steer }) => steer).map(({ clientId }) => clientId));
  const held = view.value.queue.filter((message) => !message.steer && wanted.has(message.clientId));
  const keys = held.map(({ key }) => key).join(' ');
  useEffect(() => {
    if (!isLive) return;
    for (const { key: messageId } of held) {
      if (asked.current.has(messageId)) continue;
      asked.current.add(messageId);
      command('message.steer', { conversationId, messageId }).catch((error: unknown) => {
        if (error instanceof Unreachable) asked.current.delete(messageId);
        else if (!(error instanceof AppError)) throw error;
      });
    }
  }, [keys, isLive]);
}
