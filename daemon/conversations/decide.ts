// decide(state, command) → events or a refusal. Pure: what a command means for a conversation as it stands.
import type { Command } from '../protocol/commands.ts';
import type { ErrorCode } from '../protocol/errors.ts';
import type { ConversationDraft } from '../protocol/events.ts';
import type { ConversationView } from '../protocol/view.ts';

export type ConversationCommand = Extract<
  Command,
  { type: 'conversation.rename' | 'message.send' | 'turn.stop' | 'permission.answer' }
>;

/** Who asks, and a fresh id for what the command may bring about. */
export interface Asker {
  readonly deviceId: string;
  readonly newId: string;
}

export type Decision = { readonly drafts: readonly ConversationDraft[] } | { readonly refusal: ErrorCode };

/** A message that was already sent under the same (device, clientId) is not decided here but answered from the index. */
export function decide(view: ConversationView, command: ConversationCommand, asker: Asker): Decision {
  switch (command.type) {
    case 'conversation.rename':
      return { drafts: [{ type: 'conversation.renamed', title: command.title }] };
    case 'message.send': {
      const { clientId, text } = command;
      return {
        drafts: [{ type: 'message.sent', messageId: asker.newId, clientId, deviceId: asker.deviceId, text }],
      };
    }
    case 'turn.stop':
      if (!view.turn) return { refusal: 'no_turn' };
      return { drafts: view.turn.stopping ? [] : [{ type: 'turn.stopRequested', deviceId: asker.deviceId }] };
    case 'permission.answer': {
      const { requestId, behavior, message, updatedInput, updatedPermissions } = command;
      if (!view.requests.some((request) => request.requestId === requestId))
        return { refusal: 'already_answered' };
      const answer = {
        type: 'permission.answered',
        requestId,
        deviceId: asker.deviceId,
        behavior,
        message: message ?? null,
      } as const;
      return {
        drafts: [
          {
            ...answer,
            ...(updatedInput === undefined ? {} : { updatedInput }),
            ...(updatedPermissions === undefined ? {} : { updatedPermissions }),
          },
        ],
      };
    }
    default:
      return command satisfies never;
  }
}

/** A first title until there is a better one: the first line of the first message, cut at a word. */
export function titleFrom(text: string): string {
  const line = text.trim().split('\n', 1)[0]?.trim() ?? '';
  if (line.length <= 60) return line;
  const cut = line.slice(0, 60);
  return `${cut.slice(0, Math.max(40, cut.lastIndexOf(' '))).trimEnd()}…`;
}
