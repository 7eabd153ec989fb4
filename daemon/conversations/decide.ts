// decide(state, command) → events or a refusal. Pure: what a command means for a conversation as it stands.
import type { Command } from '../protocol/commands.ts';
import type { ErrorCode } from '../protocol/errors.ts';
import type { Attachment, ConversationDraft } from '../protocol/events.ts';
import { findItem } from '../protocol/pages.ts';
import type { ConversationView } from '../protocol/view.ts';
import { again, settleTurn } from './retrying.ts';

export type ConversationCommand = Extract<
  Command,
  {
    type:
      | 'conversation.rename'
      | 'conversation.configure'
      | 'task.stop'
      | 'message.send'
      | 'message.edit'
      | 'message.steer'
      | 'message.withdraw'
      | 'message.release'
      | 'message.settle'
      | 'queue.reorder'
      | 'turn.stop'
      | 'turn.settle'
      | 'permission.answer';
  }
>;

/** Who asks, and fresh ids for what the command may bring about. */
export interface Asker {
  readonly deviceId: string;
  readonly newId: () => string;
  /** The person at the computer allows running everything unasked. */
  readonly mayBypass: boolean;
  /** Of a message: what its `attachments` are. */
  readonly attachments?: readonly Attachment[];
}

export type Decision = { readonly drafts: readonly ConversationDraft[] } | { readonly refusal: ErrorCode };

/** A message that was already sent under the same (device, clientId) is not decided here but answered from the index. */
export function decide(view: ConversationView, command: ConversationCommand, asker: Asker): Decision {
  switch (command.type) {
    case 'conversation.rename':
      return { drafts: [{ type: 'conversation.renamed', title: command.title, by: 'person' }] };
    case 'conversation.configure': {
      const { mode, model, effort } = command;
      if (mode === 'bypassPermissions' && !asker.mayBypass) return { refusal: 'bypass_not_allowed' };
      return {
        drafts: [
          { type: 'conversation.configured', deviceId: asker.deviceId, ...given({ mode, model, effort }) },
        ],
      };
    }
    case 'task.stop': {
      const task = view.tasks.find(({ taskId }) => taskId === command.taskId);
      if (!task) return { refusal: 'no_task' };
      const { taskId, stopping } = task;
      return { drafts: stopping ? [] : [{ type: 'task.stopRequested', taskId, deviceId: asker.deviceId }] };
    }
    case 'message.send': {
      const { clientId, text, steer } = command;
      const { deviceId, newId, attachments = [] } = asker;
      if (text.trim() === '' && attachments.length === 0) return { refusal: 'bad_request' };
      const files = attachments.length > 0 ? { attachments: [...attachments] } : {};
      const message = { messageId: newId(), clientId, deviceId, text, ...given({ steer }), ...files };
      return { drafts: [{ type: 'message.sent', ...message }] };
    }
    case 'message.edit':
    case 'message.steer':
    case 'message.withdraw':
      if (command.type === 'message.edit' && command.text.trim() === '') return { refusal: 'bad_request' };
      if (!view.queue.some((message) => message.key === command.messageId)) return { refusal: 'not_waiting' };
      return { drafts: [changed(command, asker)] };
    case 'message.release': {
      const { messageId } = command;
      const isHeld = view.queue.some((message) => message.key === messageId && message.held);
      if (!isHeld) return { refusal: 'not_waiting' };
      return { drafts: [{ type: 'message.released', messageId, deviceId: asker.deviceId }] };
    }
    case 'message.settle':
      return settled(view, command, asker);
    case 'queue.reorder':
      return { drafts: [{ type: 'queue.reordered', messageIds: command.messageIds }] };
    case 'turn.stop': {
      if (!view.turn && view.unanswered.length === 0) return { refusal: 'no_turn' };
      const { deviceId } = asker;
      const dropped = command.dropQueue ? view.queue : [];
      return {
        drafts: [
          ...dropped.map(
            ({ key: messageId }) => ({ type: 'message.withdrawn', messageId, deviceId }) as const,
          ),
          ...(view.turn?.stopping ? [] : [{ type: 'turn.stopRequested', deviceId } as const]),
        ],
      };
    }
    case 'turn.settle':
      return settleTurn(view, command, asker);
    case 'permission.answer': {
      const { requestId, behavior, message = null, updatedInput, updatedPermissions } = command;
      if (!view.requests.some((request) => request.requestId === requestId))
        return { refusal: 'already_answered' };
      const answer = { requestId, deviceId: asker.deviceId, behavior, message };
      return {
        drafts: [{ type: 'permission.answered', ...answer, ...given({ updatedInput, updatedPermissions }) }],
      };
    }
    default:
      return command satisfies never;
  }
}

function changed(
  command: Extract<ConversationCommand, { type: 'message.edit' | 'message.steer' | 'message.withdraw' }>,
  { deviceId }: Asker,
): ConversationDraft {
  const { messageId } = command;
  switch (command.type) {
    case 'message.edit':
      return { type: 'message.edited', messageId, text: command.text };
    case 'message.steer':
      return { type: 'message.steered', messageId };
    case 'message.withdraw':
      return { type: 'message.withdrawn', messageId, deviceId };
    default:
      return command satisfies never;
  }
}

/** At most once, whichever device asks first: said again is a message like any other, under an id that no client makes. */
function settled(
  view: ConversationView,
  { messageId, behavior }: Extract<ConversationCommand, { type: 'message.settle' }>,
  { deviceId, newId }: Asker,
): Decision {
  const message = findItem(view.pages, messageId);
  if (message?.kind !== 'message' || message.state !== 'doubted' || message.settled !== undefined)
    return { refusal: 'already_answered' };
  const decided = { type: 'message.settled', messageId, deviceId, behavior } as const;
  if (behavior === 'leave') return { drafts: [decided] };
  // It waits its turn, although what it once steered is over.
  const { steer: _steer, ...words } = message;
  return { drafts: [decided, again(words, deviceId, newId())] };
}

/** The fields that are there: in a log, left out and undefined are the same. */
function given<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> };
}

/** A first title until there is a better one: the first line of the first message, cut at a word. */
export function titleFrom(text: string): string {
  const line = text.trim().split('\n', 1)[0]?.trim() ?? '';
  if (line.length <= 60) return line;
  const cut = line.slice(0, 60);
  return `${cut.slice(0, Math.max(40, cut.lastIndexOf(' '))).trimEnd()}…`;
}
