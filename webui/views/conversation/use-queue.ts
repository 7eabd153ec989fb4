// What a person does to the messages that wait: one command each. A message that Claude got meanwhile is told quietly.
import { type ReadonlySignal, useComputed, useSignal } from '@preact/signals';
import type { CommandInput } from '../../../daemon/protocol/commands.ts';
import { AppError } from '../../../daemon/protocol/errors.ts';
import type { MessageItem } from '../../../daemon/protocol/view.ts';
import type { OpenConversation } from '../../store.ts';
import { useAction } from '../action.ts';
import { useApp } from '../app-context.ts';
import { withDraft } from './going-back.ts';
import { moved } from './waiting.ts';

type Change = 'message.edit' | 'message.steer' | 'message.withdraw' | 'message.release' | 'queue.reorder';

export interface QueueActions {
  readonly trouble: ReadonlySignal<string>;
  /** News that is no trouble, until the person writes on; empty when there is none. */
  readonly told: ReadonlySignal<string>;
  edit(message: MessageItem, text: string, then: () => void): void;
  steer(message: MessageItem): void;
  /** Its text and files go back into the composer, before what is typed there. */
  withdraw(message: MessageItem): void;
  /** It is gone: of a held message, which somebody else wrote. */
  remove(message: MessageItem): void;
  /** A held message goes on to Claude. */
  release(message: MessageItem): void;
  move(message: MessageItem, by: -1 | 1): void;
  tell(words: string): void;
}

export function useQueue({ conversationId, view }: OpenConversation): QueueActions {
  const { command, drafts, uploads } = useApp();
  const { trouble, run } = useAction();
  const draft = drafts.of(conversationId);
  const news = useSignal({ words: '', draft: '' });
  const told = useComputed(() => (news.value.draft === draft.value ? news.value.words : ''));
  const tell = (words: string) => {
    news.value = { words, draft: draft.value };
  };

  const change = <C extends Change>(type: C, input: CommandInput<C>, then?: () => void) =>
    run(async () => {
      tell('');
      try {
        await command(type, input);
        then?.();
      } catch (error) {
        if (!(error instanceof AppError) || error.code !== 'not_waiting') throw error;
        tell('Claude has it already.');
      }
    });

  return {
    trouble,
    told,
    edit: ({ key: messageId }, text, then) =>
      change('message.edit', { conversationId, messageId, text }, then),
    steer: ({ key: messageId }) => change('message.steer', { conversationId, messageId }),
    withdraw: ({ key: messageId, text, attachments = [] }) =>
      change('message.withdraw', { conversationId, messageId }, () => {
        draft.value = withDraft(text, draft.value);
        drafts.flush();
        uploads.adopt(conversationId, attachments);
      }),
    remove: ({ key: messageId }) => change('message.withdraw', { conversationId, messageId }),
    release: ({ key: messageId }) => change('message.release', { conversationId, messageId }),
    move({ key }, by) {
      const keys = view.value.queue.map((message) => message.key);
      const order = moved(keys, key, by);
      if (!order) return;
      const place = `Moved to ${order.indexOf(key) + 1} of ${order.length}.`;
      change('queue.reorder', { conversationId, messageIds: [...order] }, () => {
        tell(place);
      });
    },
    tell,
  };
}
