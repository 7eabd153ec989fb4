// The part of the fold that builds what Claude says and does: text, thinking and tool calls. Pure.
import type { ConversationEvent } from './events.ts';
import { foldTodoList, foldWork } from './fold-work.ts';
import { appendItem, changeItem, findItem, removeItem } from './pages.ts';
import type { ConversationView, Item, TextItem, ToolItem } from './view.ts';

type EventOf<T extends ConversationEvent['type']> = Extract<ConversationEvent, { type: T }>;

export function foldBlock(
  view: ConversationView,
  event: EventOf<'text.delta' | 'text.finished' | 'thinking.delta' | 'thinking.finished' | 'block.dropped'>,
): ConversationView {
  const key = event.blockId;
  switch (event.type) {
    case 'text.delta':
    case 'thinking.delta': {
      const item = findItem(view.pages, key);
      if (!item) return opened(view, block(event, true));
      const pages = changeItem(view.pages, key, (i) =>
        isBlock(i) && i.open ? { ...i, text: i.text + event.text } : i,
      );
      return { ...view, pages };
    }
    case 'text.finished':
    case 'thinking.finished': {
      const finished = block(event, false);
      const before = findItem(view.pages, key);
      const pages = before
        ? changeItem(view.pages, key, () => ({ ...finished, at: before.at }))
        : appendItem(view.pages, finished);
      return closed({ ...view, pages }, key);
    }
    case 'block.dropped':
      return closed({ ...view, pages: removeItem(view.pages, key) }, key);
    default:
      return event satisfies never;
  }
}

export function foldTool(
  view: ConversationView,
  event: EventOf<'tool.announced' | 'tool.started' | 'tool.finished'>,
): ConversationView {
  const key = event.toolId;
  const item = findItem(view.pages, key);
  switch (event.type) {
    case 'tool.announced':
      return item ? view : opened(view, { ...call(event), state: 'announced' });
    case 'tool.started': {
      const listed = event.parentToolId === undefined ? foldTodoList(view, event.tool, event.input) : view;
      if (!item) return opened(listed, { ...call(event), input: event.input });
      return {
        ...listed,
        pages: changeTool(view, key, (i) => ({
          ...i,
          state: 'running',
          input: event.input,
        })),
      };
    }
    case 'tool.finished': {
      const pages = changeTool(view, key, (i) => ({
        ...i,
        state: event.isError ? 'failed' : 'done',
        output: event.output,
        detail: event.detail,
        endedAt: event.at,
        ...(event.images ? { images: event.images } : {}),
      }));
      const done = closed({ ...view, pages }, key);
      return item?.kind === 'tool' ? foldWork(done, item, event) : done;
    }
    default:
      return event satisfies never;
  }
}

/** Whatever was still being written or running when the turn ended will not go on, unless an agent does it that works on. */
export function closeOpen(view: ConversationView, at: number): ConversationView {
  const goesOn = (key: string) => isInTask(view, findItem(view.pages, key));
  let pages = view.pages;
  for (const key of view.open) if (!goesOn(key)) pages = changeItem(pages, key, (item) => stopped(item, at));
  return { ...view, pages, open: view.open.filter(goesOn) };
}

function isInTask({ tasks }: ConversationView, item: Item | undefined): boolean {
  const parent = item && 'parentToolId' in item ? item.parentToolId : undefined;
  return parent !== undefined && tasks.some((task) => task.toolId === parent);
}

function stopped(item: Item, at: number): Item {
  if (isBlock(item)) return { ...item, open: false };
  return item.kind === 'tool' ? { ...item, state: 'interrupted', endedAt: at } : item;
}

function block(
  event: EventOf<'text.delta' | 'text.finished' | 'thinking.delta' | 'thinking.finished'>,
  open: boolean,
): TextItem {
  const kind = event.type === 'text.delta' || event.type === 'text.finished' ? 'text' : 'thinking';
  return {
    kind,
    key: event.blockId,
    at: event.at,
    text: event.text,
    open,
    ...nested(event),
  };
}

function call(event: EventOf<'tool.announced' | 'tool.started'>): ToolItem {
  return {
    kind: 'tool',
    key: event.toolId,
    at: event.at,
    tool: event.tool,
    input: null,
    state: 'running',
    output: '',
    detail: null,
    endedAt: null,
    ...nested(event),
  };
}

function nested(event: { parentToolId?: string | undefined }): {
  parentToolId?: string;
} {
  return event.parentToolId === undefined ? {} : { parentToolId: event.parentToolId };
}

function opened(view: ConversationView, item: Item): ConversationView {
  return {
    ...view,
    pages: appendItem(view.pages, item),
    open: [...view.open, item.key],
  };
}

function closed(view: ConversationView, key: string): ConversationView {
  return view.open.includes(key) ? { ...view, open: view.open.filter((k) => k !== key) } : view;
}

function changeTool(
  view: ConversationView,
  key: string,
  change: (item: ToolItem) => ToolItem,
): ConversationView['pages'] {
  return changeItem(view.pages, key, (item) => (item.kind === 'tool' ? change(item) : item));
}

function isBlock(item: Item): item is TextItem {
  return item.kind === 'text' || item.kind === 'thinking';
}
