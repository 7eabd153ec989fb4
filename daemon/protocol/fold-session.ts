// The part of the fold that follows the session beside its turns: tasks at its side, how full its context is, going back to
// an earlier message, restored files. Pure.
import type { ConversationEvent } from './events.ts';
import { appendItem, changeItem } from './pages.ts';
import type { ConversationView, Item, MarkItem, Task } from './view.ts';

type EventOf<T extends ConversationEvent['type']> = Extract<ConversationEvent, { type: T }>;

export function foldTask(
  view: ConversationView,
  event: EventOf<'task.started' | 'task.progressed' | 'task.stopRequested' | 'task.finished'>,
): ConversationView {
  const { tasks } = view;
  const { taskId } = event;
  const changed = (change: (task: Task) => Task) => ({
    ...view,
    tasks: tasks.map((task) => (task.taskId === taskId ? change(task) : task)),
  });
  switch (event.type) {
    case 'task.started': {
      const { toolId, kind, description, at: startedAt } = event;
      const task: Task = {
        ...{ taskId, toolId, kind, description, startedAt },
        ...{ stopping: false, tokens: 0, toolUses: 0, lastTool: null },
      };
      return { ...view, tasks: [...tasks.filter((t) => t.taskId !== taskId), task] };
    }
    case 'task.progressed': {
      const { tokens, toolUses, lastTool } = event;
      return changed((task) => ({ ...task, tokens, toolUses, lastTool }));
    }
    case 'task.stopRequested':
      return changed((task) => ({ ...task, stopping: true }));
    case 'task.finished':
      return { ...view, tasks: tasks.filter((task) => task.taskId !== taskId) };
    default:
      return event satisfies never;
  }
}

export function foldContext(
  view: ConversationView,
  event: EventOf<'context.measured' | 'context.compacting' | 'context.compacted' | 'context.cleared'>,
): ConversationView {
  switch (event.type) {
    case 'context.measured': {
      const window = event.window ?? view.context?.window ?? null;
      return { ...view, context: { tokens: event.tokens, window } };
    }
    case 'context.compacting':
      return view.turn ? { ...view, turn: { ...view.turn, isCompacting: true } } : view;
    case 'context.compacted': {
      const { tokensBefore } = event;
      const turn = view.turn && { ...view.turn, isCompacting: false };
      const tokens = tokensBefore === null ? {} : { tokensBefore };
      return mark({ ...view, turn }, event, { mark: 'compacted', ...tokens });
    }
    case 'context.cleared':
      return mark({ ...view, context: null, todos: [] }, event, { mark: 'cleared' });
    default:
      return event satisfies never;
  }
}

export function foldBranch(
  view: ConversationView,
  event: EventOf<'conversation.branched' | 'files.restored' | 'transcript.copied'>,
): ConversationView {
  switch (event.type) {
    case 'conversation.branched': {
      const { sessionId, anchor, fork, messageId } = event;
      const branch = { sessionId, anchor, fork, leaving: view.runId };
      const branched = { ...view, branch, context: null, interruption: null };
      if (messageId === undefined) return mark(branched, event, { mark: 'forked' });
      const pages = setAside(view.pages, messageId);
      return mark({ ...branched, pages, todos: [] }, event, { mark: 'wentBack' });
    }
    case 'files.restored':
      return mark(view, event, { mark: 'restored', paths: event.paths });
    case 'transcript.copied': {
      // Written from a view of this same protocol, by the daemon itself.
      const items = event.items as unknown as readonly Item[];
      return { ...view, pages: items.reduce(appendItem, view.pages) };
    }
    default:
      return event satisfies never;
  }
}

/** What was handed over waits again, and goes to a new session. */
export function foldLostSession(view: ConversationView, event: EventOf<'session.lost'>): ConversationView {
  const pages = view.unanswered.reduce(
    (all, key) =>
      changeItem(all, key, (item) => (item.kind === 'message' ? { ...item, state: 'sent' } : item)),
    view.pages,
  );
  // A branch would go on in what is lost, and lose the message again each time.
  const lost = {
    ...view,
    pages,
    sessionId: null,
    claudeVersion: null,
    branch: null,
    context: null,
    todos: [],
  };
  return mark(lost, event, { mark: 'cleared' });
}

/** Everything from that message on. When the message is in a page that is not held, that is all there is. */
function setAside(pages: ConversationView['pages'], messageId: string): ConversationView['pages'] {
  const isHeld = pages.some((page) => page.some((item) => item.key === messageId));
  let isBehind = !isHeld;
  return pages.map((page) => {
    if (!isBehind && !page.some((item) => item.key === messageId)) return page;
    return page.map((item) => {
      isBehind ||= item.key === messageId;
      return isBehind ? { ...item, aside: true } : item;
    });
  });
}

function mark(
  view: ConversationView,
  { id, at }: { id: number; at: number },
  what: Pick<MarkItem, 'mark' | 'paths' | 'tokensBefore'>,
): ConversationView {
  return { ...view, pages: appendItem(view.pages, { kind: 'mark', key: `event:${id}`, at, ...what }) };
}
