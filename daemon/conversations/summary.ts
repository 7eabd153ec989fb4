// A conversation in one line of a list: what it is called, what it does at this moment, what was said last. Pure.
import type { ConversationState, ConversationSummary } from '../protocol/lobby.ts';
import { findItem } from '../protocol/pages.ts';
import type { ConversationView, Item } from '../protocol/view.ts';
import { messageWords } from './message-words.ts';
import { plainWords } from './plain-words.ts';

type Spoken = Extract<Item, { kind: 'message' | 'text' | 'thinking' }>;

const lineLength = 140;

export function summaryOf(view: ConversationView): ConversationSummary {
  const { conversationId, title, cwd, createdAt } = view;
  const last = lastWords(view);
  return {
    ...{ conversationId, title, cwd, createdAt },
    state: stateOf(view),
    activity: activityOf(view),
    since: view.turn?.startedAt ?? null,
    lastText: last?.text ?? '',
    waiting: view.requests.length,
    lastAt: last?.at ?? createdAt,
    costUsd: view.costUsd,
  };
}

function stateOf(view: ConversationView): ConversationState {
  if (view.requests.length > 0) return 'needsYou';
  if (isBusy(view)) return 'working';
  // What is held waits for a person's word.
  if (view.queue.length > 0) return 'needsYou';
  return view.interruption === null ? 'idle' : 'interrupted';
}

function activityOf(view: ConversationView): string {
  const { turn, requests } = view;
  const [request] = requests;
  if (request) return oneLine(`Asks: ${toolWords(request.tool, request.input).ask}`);
  if (!isBusy(view)) return view.queue.length === 0 ? '' : 'A device that was shut out had sent a message';
  if (!turn) return view.isAwaitingRun ? 'Waiting for another conversation to finish' : 'Starting Claude';
  if (turn.stopping) return 'Stopping';
  if (turn.retry) return `Waiting to try again (${turn.retry.attempt} of ${turn.retry.maxAttempts})`;
  const key = view.open.at(-1);
  const item = key === undefined ? undefined : findItem(view.pages, key);
  if (item?.kind === 'tool') return oneLine(toolWords(item.tool, item.input).doing);
  if (item?.kind === 'text') return 'Writing';
  return 'Thinking';
}

function isBusy({ turn, unanswered, queue }: ConversationView): boolean {
  return turn !== null || unanswered.length > 0 || queue.some((message) => !message.held);
}

/** What a tool does at this moment, and the same as a question. */
function toolWords(tool: string, input: unknown): { doing: string; ask: string } {
  const field = (name: string) => textField(input, name);
  const words = (doing: string, ask: string, what: string) => ({
    doing: `${doing} ${what}`,
    ask: `${ask} ${what}?`,
  });
  switch (tool) {
    case 'Bash':
      return {
        ...words('Running', 'run', field('description') || field('command')),
        ask: `run ${field('command')}?`,
      };
    case 'Read':
      return words('Reading', 'read', fileName(field('file_path')));
    case 'Edit':
    case 'Write':
    case 'NotebookEdit':
      return words('Writing', 'write', fileName(field('file_path') || field('notebook_path')));
    case 'Grep':
    case 'Glob':
      return words('Searching', 'search', field('pattern'));
    case 'Agent':
    case 'Task':
      return words('Agent:', 'start an agent:', field('description'));
    case 'WebFetch':
      return words('Fetching', 'fetch', field('url'));
    case 'AskUserQuestion':
      return { doing: 'Asking you', ask: 'a question for you' };
    case 'ExitPlanMode':
      return { doing: 'Planning', ask: 'is this plan good?' };
    default:
      return { doing: tool, ask: `use ${tool}?` };
  }
}

function lastWords(view: ConversationView): { text: string; at: number } | undefined {
  const queued = view.queue.at(-1);
  if (queued) return { text: oneLine(saidBy(queued)), at: queued.at };
  for (const page of view.pages.toReversed()) {
    const item = page.findLast(isSpoken);
    if (item) return { text: oneLine(saidBy(item)), at: item.at };
  }
  return undefined;
}

function saidBy(item: Spoken): string {
  // A beginning is enough: what comes behind it is cut from the line.
  return item.kind === 'message' ? messageWords(item) : plainWords(item.text.slice(0, 6 * lineLength));
}

function isSpoken(item: Item): item is Spoken {
  return item.kind === 'message' || (item.kind === 'text' && item.parentToolId === undefined && !item.open);
}

function textField(input: unknown, name: string): string {
  if (typeof input !== 'object' || input === null || !Object.hasOwn(input, name)) return '';
  const value = (input as Record<string, unknown>)[name];
  return typeof value === 'string' ? value : '';
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1) || 'a file';
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim();
  return line.length <= lineLength ? line : `${line.slice(0, lineLength - 1)}…`;
}
