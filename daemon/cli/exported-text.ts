// A conversation as text to keep: Markdown for people, JSON for programs. Pure.
import type { ConversationView, Item, ToolItem } from '../protocol/view.ts';

export const exportFormats = ['md', 'json', 'html'] as const;
export type ExportFormat = (typeof exportFormats)[number];

export function asJson(view: ConversationView): string {
  const { conversationId, title, cwd, createdAt, model, costUsd } = view;
  return JSON.stringify(
    { conversationId, title, cwd, createdAt, model, costUsd, items: view.pages.flat() },
    null,
    2,
  );
}

export function asMarkdown(view: ConversationView): string {
  const head = [`# ${titleOf(view)}`, '', factsOf(view).join(' · ')];
  return [...head, ...view.pages.flat().flatMap(itemLines)].join('\n').trimEnd();
}

export function titleOf({ title }: ConversationView): string {
  return title === '' ? 'A conversation' : title.replaceAll('\n', ' ');
}

export function factsOf({ createdAt, cwd, model, costUsd }: ConversationView): string[] {
  const cost = costUsd > 0 ? [`$${costUsd.toFixed(2)}`] : [];
  return [timeOf(createdAt), cwd, ...(model === null ? [] : [model]), ...cost];
}

function itemLines(item: Item): string[] {
  switch (item.kind) {
    case 'message': {
      const files = (item.attachments ?? []).map(({ name }) => `*${name}*`);
      return ['', `## You, ${timeOf(item.at)}`, '', ...files, item.text];
    }
    case 'text':
      return ['', ...(item.parentToolId === undefined ? [] : ['*A subagent:*', '']), item.text];
    case 'thinking':
      return ['', item.text.replace(/^/gm, '> ')];
    case 'tool':
      return ['', `**${toolLine(item)}**`, ...(item.output === '' ? [] : ['', fenced(item.output)])];
    case 'receipt':
      return ['', `*${receiptLine(item)}*`];
    case 'notice':
      return ['', `*${item.text}*`];
    case 'mark':
      return ['', '---', '', `*${markWords[item.mark]}*`];
    case 'unknown':
      return ['', fenced(JSON.stringify(item.value, null, 2))];
    default:
      return item satisfies never;
  }
}

export const markWords = {
  compacted: 'What came before was summed up for Claude.',
  cleared: 'Claude forgot what came before.',
  wentBack: 'You went back to before this.',
  forked: 'This conversation goes on from another one.',
  restored: 'Files were put back.',
} as const;

/** E.g. `Bash: npm test (failed)`. */
export function toolLine({ tool, input, state }: ToolItem): string {
  const fields = typeof input === 'object' && input !== null ? new Map(Object.entries(input)) : new Map();
  const names = ['command', 'file_path', 'notebook_path', 'pattern', 'url', 'query', 'path', 'description'];
  const target = names.map((name) => fields.get(name)).find((value) => typeof value === 'string');
  const ended = state === 'done' ? '' : ` (${state})`;
  return `${tool}${target === undefined ? '' : `: ${target}`}${ended}`;
}

export function receiptLine(receipt: Extract<Item, { kind: 'receipt' }>): string {
  const { outcome, error, files, durationMs, costUsd } = receipt;
  const edited =
    files.length === 0 ? [] : [`${files.length} ${files.length === 1 ? 'file' : 'files'} changed`];
  const cost = costUsd > 0 ? [`$${costUsd.toFixed(2)}`] : [];
  const parts = [outcome, ...edited, `${Math.round(durationMs / 1000)} s`, ...cost];
  return `${parts.join(' · ')}${error === null ? '' : `: ${error}`}`;
}

/** As UTC, to the minute. */
export function timeOf(at: number): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** The fence is longer than any inside. */
function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}\n${text.replace(/\n$/, '')}\n${fence}`;
}
