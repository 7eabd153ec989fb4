// What a person's decision on a turn without an end means for the log: left as it is, or all that it had taken said again from
// before it. At most once, whichever device asks first. Pure.
import type { Command } from '../protocol/commands.ts';
import type { ErrorCode } from '../protocol/errors.ts';
import type { ConversationDraft } from '../protocol/events.ts';
import { interruptedMessages } from '../protocol/interrupted.ts';
import type { ConversationView, MessageItem } from '../protocol/view.ts';
import { branchPoint, sessionOf } from './branching.ts';

export function settleTurn(
  view: ConversationView,
  { behavior }: Extract<Command, { type: 'turn.settle' }>,
  { deviceId, newId }: { deviceId: string; newId: () => string },
): { readonly drafts: readonly ConversationDraft[] } | { readonly refusal: ErrorCode } {
  const { interruption, turn, unanswered, queue } = view;
  if (interruption === null) return { refusal: 'already_answered' };
  if (turn || unanswered.length > 0 || queue.length > 0) return { refusal: 'turn_running' };
  const messages = interruptedMessages(view);
  const messageIds = messages.map(({ key }) => key);
  const settled = { type: 'turn.settled', deviceId, behavior, messageIds } as const;
  if (behavior === 'leave') return { drafts: [settled] };
  const [first] = messages;
  if (!first) return { refusal: 'no_way_back' };
  const point = branchPoint(view, first.key);
  if ('refusal' in point) return point;
  if (point.from === null) return { refusal: 'no_way_back' };
  const { anchor, from: messageId } = point;
  const branched = { type: 'conversation.branched', ...sessionOf(view), anchor, messageId } as const;
  return { drafts: [branched, ...messages.map((message) => again(message, deviceId, newId())), settled] };
}

/** Under an id that no client makes. */
export function again(
  { key, text, steer, attachments = [] }: MessageItem,
  deviceId: string,
  messageId: string,
): ConversationDraft {
  return {
    ...{ type: 'message.sent', messageId, clientId: `again:${key}`, deviceId, text },
    ...(steer ? { steer } : {}),
    ...(attachments.length > 0 ? { attachments: [...attachments] } : {}),
  };
}
