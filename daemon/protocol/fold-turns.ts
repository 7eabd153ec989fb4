// The part of the fold that follows messages on their way to Claude and turns from start to receipt. Pure.
import type { ConversationEvent } from './events.ts';
import { closeOpen } from './fold-blocks.ts';
import { withoutDoneTodos } from './fold-work.ts';
import { appendItem, changeItem, findItem } from './pages.ts';
import type { ConversationView, MessageItem, MessageState, ReceiptItem, Turn } from './view.ts';

type EventOf<T extends ConversationEvent['type']> = Extract<ConversationEvent, { type: T }>;

/** A message waits in `queue` until it is handed to Claude; from then on it stands in the transcript. */
export function foldMessage(
  view: ConversationView,
  event: EventOf<'message.sent' | 'message.handed' | 'message.taken' | 'message.doubted' | 'message.settled'>,
): ConversationView {
  switch (event.type) {
    case 'message.sent': {
      const { messageId: key, at, clientId, deviceId, text, steer, attachments } = event;
      const message: MessageItem = {
        kind: 'message',
        key,
        at,
        clientId,
        deviceId,
        text,
        state: 'sent',
        ...(steer ? { steer } : {}),
        ...(attachments && attachments.length > 0 ? { attachments } : {}),
      };
      return { ...view, queue: [...view.queue, message], interruption: null };
    }
    case 'message.handed': {
      const message = view.queue.find((m) => m.key === event.messageId);
      if (!message) return withState(view, event.messageId, 'handed');
      return {
        ...view,
        queue: view.queue.filter((m) => m !== message),
        pages: appendItem(view.pages, { ...message, state: 'handed' }),
        unanswered: [...view.unanswered, message.key],
      };
    }
    case 'message.taken':
      return foldTaken(view, event.messageId);
    case 'message.doubted': {
      const doubted = withState(view, event.messageId, 'doubted');
      return {
        ...doubted,
        unanswered: view.unanswered.filter((key) => key !== event.messageId),
      };
    }
    case 'message.settled': {
      const { messageId, behavior } = event;
      const pages = withSettled(view.pages, messageId, behavior);
      return pages === view.pages ? view : { ...view, pages };
    }
    default:
      return event satisfies never;
  }
}

/** What an earlier Porchlight counted as answered by the turn before may begin only now, with a turn of its own. */
function foldTaken(view: ConversationView, key: string): ConversationView {
  const item = findItem(view.pages, key);
  if (item?.kind !== 'message' || item.state !== 'answered') return withState(view, key, 'taken');
  if (!view.turn) return view;
  return withState({ ...view, unanswered: [...view.unanswered, key] }, key, 'taken');
}

/** A message that has left the queue is past changing: then nothing happens. */
export function foldQueue(
  queue: readonly MessageItem[],
  event: EventOf<
    | 'message.edited'
    | 'message.steered'
    | 'message.withdrawn'
    | 'message.held'
    | 'message.released'
    | 'queue.reordered'
  >,
): readonly MessageItem[] {
  switch (event.type) {
    case 'message.edited':
      return queue.map((m) => (m.key === event.messageId ? { ...m, text: event.text } : m));
    case 'message.steered':
      return queue.map((m) => (m.key === event.messageId ? { ...m, steer: true } : m));
    case 'message.withdrawn':
      return queue.filter((m) => m.key !== event.messageId);
    case 'message.held':
      return queue.map((m) => (m.key === event.messageId ? { ...m, held: true } : m));
    case 'message.released':
      return queue.map((m) => (m.key === event.messageId ? { ...m, held: false } : m));
    case 'queue.reordered': {
      const named = event.messageIds.flatMap((id) => queue.filter((m) => m.key === id));
      return [...named, ...queue.filter((m) => !named.includes(m))];
    }
    default:
      return event satisfies never;
  }
}

export function foldTurn(
  view: ConversationView,
  event: EventOf<
    | 'turn.started'
    | 'turn.stopRequested'
    | 'turn.finished'
    | 'turn.interrupted'
    | 'turn.settled'
    | 'retry.scheduled'
  >,
): ConversationView {
  switch (event.type) {
    case 'turn.started':
      return {
        ...withoutDoneTodos(view),
        turn: {
          turnId: event.turnId,
          startedAt: event.at,
          stopping: false,
          messages: begunBy(view),
          retry: null,
          isCompacting: false,
          files: [],
          commands: [],
        },
        interruption: null,
        // Only now does the session's file say so: a run that ends before leaves the branch to be taken by the next.
        branch: event.source && event.source.runId === view.branch?.leaving ? view.branch : null,
      };
    case 'turn.stopRequested':
      return withTurn(view, (turn) => ({ ...turn, stopping: true }));
    case 'retry.scheduled': {
      const { attempt, maxAttempts, status, error } = event;
      const retry = {
        attempt,
        maxAttempts,
        due: event.at + event.delayMs,
        status,
        error,
      };
      return withTurn(view, (turn) => ({ ...turn, retry }));
    }
    case 'turn.finished': {
      const { costUsd } = event;
      const receipt = receiptOf(view.turn, event);
      const answered = settle(view);
      // An agent that works on may ask beyond the turn; what the turn itself asked was answered or withdrawn by now.
      const ended = { ...closeOpen(answered, event.at), turn: null };
      return { ...ended, pages: appendItem(ended.pages, receipt), costUsd: view.costUsd + costUsd };
    }
    case 'turn.interrupted':
      return {
        ...closeOpen({ ...view, tasks: [] }, event.at),
        turn: null,
        requests: [],
        unanswered: [],
        interruption: event.reason,
      };
    case 'turn.settled': {
      const settled = event.behavior === 'leave' ? 'leave' : 'resend';
      const pages = event.messageIds.reduce((all, key) => withSettled(all, key, settled), view.pages);
      return { ...view, pages, interruption: null };
    }
    default:
      return event satisfies never;
  }
}

/** An event that shows progress after a retry: the wait is over. */
export function withoutRetry(view: ConversationView): ConversationView {
  return view.turn?.retry ? withTurn(view, (turn) => ({ ...turn, retry: null })) : view;
}

function receiptOf(turn: Turn | null, event: EventOf<'turn.finished'>): ReceiptItem {
  const { turnId: key, at, outcome, error, durationMs, costUsd, outputTokens, cause, origin, anchor } = event;
  return {
    kind: 'receipt',
    ...{ key, at, outcome, error, durationMs, costUsd, outputTokens },
    inputTokens: event.inputTokens + (event.cacheReadTokens ?? 0) + (event.cacheWriteTokens ?? 0),
    files: turn?.files ?? [],
    commands: turn?.commands ?? [],
    messageKey: turn?.messages[0] ?? null,
    ...(cause === undefined ? {} : { cause }),
    ...(origin === undefined ? {} : { origin }),
    ...(anchor === undefined ? {} : { anchor }),
  };
}

/** A CLI that says what it begins with says so before the turn; of an older one it is all that it was given. */
function begunBy({ pages, unanswered }: ConversationView): readonly string[] {
  const taken = unanswered.filter((key) => {
    const item = findItem(pages, key);
    return item?.kind === 'message' && item.state === 'taken';
  });
  return taken.length > 0 ? taken : unanswered;
}

/** Answered are the messages that the turn began with, and those that the CLI took meanwhile. */
function settle(view: ConversationView): ConversationView {
  let { pages } = view;
  const left: string[] = [];
  for (const key of view.unanswered) {
    const before = pages;
    const wasThere = view.turn?.messages.includes(key) ?? false;
    pages = changeItem(pages, key, (item) =>
      item.kind === 'message' && (wasThere || item.state === 'taken') ? { ...item, state: 'answered' } : item,
    );
    if (pages === before) left.push(key);
  }
  return { ...view, pages, unanswered: left };
}

function withState(view: ConversationView, key: string, state: MessageState): ConversationView {
  const pages = changeItem(view.pages, key, (item) => (item.kind === 'message' ? { ...item, state } : item));
  return pages === view.pages ? view : { ...view, pages };
}

function withSettled(
  pages: ConversationView['pages'],
  key: string,
  settled: 'leave' | 'resend',
): ConversationView['pages'] {
  return changeItem(pages, key, (item) => (item.kind === 'message' ? { ...item, settled } : item));
}

function withTurn(view: ConversationView, change: (turn: Turn) => Turn): ConversationView {
  return view.turn ? { ...view, turn: change(view.turn) } : view;
}
