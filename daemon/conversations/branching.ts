// Where a conversation can go back to, and what of it a fork takes along. Pure: the session itself is taken up there by the next
// run (see run-slot.ts). Measured with 2.1.329: a session can be resumed behind any line of Claude's that its file still leads
// to, which after a compaction are only the lines behind it.
import type { ErrorCode } from '../protocol/errors.ts';
import type { ConversationDraft } from '../protocol/events.ts';
import type { ConversationView, Item, MessageItem } from '../protocol/view.ts';

export interface BranchPoint {
  /** The CLI's id of the last thing said before; null when there was nothing. */
  readonly anchor: string | null;
  /** What Claude knew at that point. */
  readonly before: readonly Item[];
  /** The first thing that it did not; null at the end. */
  readonly from: string | null;
  /** The message that was asked for; null at the end. */
  readonly message: MessageItem | null;
}

/** Before the message, or at the end of the last finished turn. */
export function branchPoint(
  view: ConversationView,
  messageId: string | null,
): BranchPoint | { readonly refusal: ErrorCode } {
  const items = view.pages.flat().filter((item) => !item.aside);
  const at = messageId === null ? items.length : items.findIndex((item) => item.key === messageId);
  const message = messageId === null ? undefined : items[at];
  const first = sessionStart(items);
  if (view.dropped > 0 || at < first) return { refusal: 'no_way_back' };
  if (messageId !== null && message?.kind !== 'message') return { refusal: 'no_way_back' };

  const known = items.findLastIndex((item, index) => index >= first && index < at && anchorOf(item) !== null);
  const ground = items[known];
  const isCutOff = items.slice(known + 1).some((item) => item.kind === 'mark' && item.mark === 'compacted');
  if (ground && isCutOff) return { refusal: 'no_way_back' };
  // What a turn without an end left behind is not behind any anchor, so it goes together with the message.
  const start =
    messageId === null
      ? Math.max(known + 1, first)
      : items.findIndex((item, index) => index > known && index >= first && isSaid(item));
  return {
    anchor: ground ? anchorOf(ground) : null,
    before: items.slice(0, start),
    from: messageId === null ? null : (items[start]?.key ?? null),
    message: message?.kind === 'message' ? message : null,
  };
}

/** Where the conversation's present session is to be taken up: that of its own, or the one that it is about to fork. */
export function sessionOf({ branch, sessionId }: ConversationView): { sessionId: string; fork: boolean } {
  return branch?.fork
    ? { sessionId: branch.sessionId, fork: true }
    : { sessionId: sessionId ?? '', fork: false };
}

/** Where the session begins that is running now: at the message that was the first after a `/clear`. */
function sessionStart(items: readonly Item[]): number {
  const clearing = items.findLastIndex((item) => item.kind === 'mark' && item.mark === 'cleared');
  if (clearing < 0) return 0;
  const before = items.findLastIndex((item, index) => index < clearing && item.kind !== 'notice');
  return items[before]?.kind === 'message' ? before : clearing;
}

function anchorOf(item: Item): string | null {
  return item.kind === 'receipt' ? (item.anchor ?? null) : null;
}

function isSaid({ kind }: Item): boolean {
  return kind === 'message' || kind === 'text' || kind === 'thinking' || kind === 'tool';
}

/** How many items one event of a copied transcript holds. */
const batch = 50;

/** The log of a fork, in the batches in which it is to be written; `conversationId` is its own. */
export function forkDrafts(options: {
  source: ConversationView;
  point: BranchPoint;
  conversationId: string;
  mode: Extract<ConversationDraft, { type: 'conversation.created' }>['mode'];
  deviceId: string;
}): readonly (readonly ConversationDraft[])[] {
  const { source, point, conversationId, mode, deviceId } = options;
  const { cwd, title, chosenModel: model, effort } = source;
  const messageId = point.message?.key ?? null;
  const forkedFrom = { conversationId: source.conversationId, messageId };
  const items = point.before.map(copyOf);
  const copied: ConversationDraft[][] = [];
  for (let start = 0; start < items.length; start += batch) {
    // An item is data all through; the log holds it as it stands in the view.
    const page = JSON.parse(JSON.stringify(items.slice(start, start + batch)));
    copied.push([{ type: 'transcript.copied', items: page }]);
  }
  return [
    [
      { type: 'conversation.created', conversationId, cwd, title: forkTitle(title), mode, model, forkedFrom },
      ...(effort === null ? [] : [{ type: 'conversation.configured', deviceId, effort } as const]),
    ],
    ...copied,
    [
      {
        type: 'conversation.branched',
        sessionId: sessionOf(source).sessionId,
        anchor: point.anchor,
        fork: true,
      },
    ],
  ];
}

function forkTitle(title: string): string {
  return title.startsWith('Fork of ') ? title : `Fork of ${title || 'a conversation'}`.slice(0, 200);
}

/** Nothing in a copy goes on; and keys that name events of the other log must not meet those of this one. */
function copyOf(item: Item, index: number): Item {
  const key = item.key.startsWith('event:') ? `copied:${index}` : item.key;
  switch (item.kind) {
    case 'message':
      return { ...item, key, state: item.state === 'doubted' ? 'doubted' : 'answered' };
    case 'text':
    case 'thinking':
      return { ...item, key, open: false };
    case 'tool': {
      const isOver = item.state === 'done' || item.state === 'failed' || item.state === 'interrupted';
      return { ...item, key, state: isOver ? item.state : 'interrupted' };
    }
    default:
      return { ...item, key };
  }
}
