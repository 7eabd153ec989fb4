// Says in words what a tool call does or did: a verb, what it is done to, and which icon stands for it. Pure.
// Knows the tools of the CLI and of MCP servers; any other is told by its own name.
import type { ToolItem } from '../../daemon/protocol/view.ts';
import { changesOf } from './changes.ts';
import { field, listField, textField } from '../../daemon/protocol/fields.ts';
import { cutMiddle, type Parts, partsOfPath, shownPath } from './paths.ts';

export type Told = Pick<ToolItem, 'tool' | 'input' | 'state' | 'output' | 'detail'>;

export type IconName =
  | 'agent'
  | 'ask'
  | 'command'
  | 'edit'
  | 'find'
  | 'plan'
  | 'plug'
  | 'read'
  | 'search'
  | 'skill'
  | 'tasks'
  | 'web'
  | 'webSearch'
  | 'wrench'
  | 'write';

export interface ToolWords {
  readonly verb: string;
  readonly target: Parts;
  /** Whether the target is code, a path or a command; otherwise it is plain words. */
  readonly isCode: boolean;
  readonly icon: IconName;
  readonly changes: { readonly added: number; readonly removed: number } | null;
}

/** As an order, while it goes on, and when it went well. */
type Verb = readonly [order: string, doing: string, did: string];

const longestTarget = 120;

export function toolWords(told: Told, cwd: string): ToolWords {
  const { tool, input } = told;
  const words = (verb: Verb, icon: IconName, target: string): ToolWords => ({
    verb: inTense(verb, told),
    target: { head: '', tail: cutEnd(target) },
    isCode: false,
    icon,
    changes: null,
  });
  const code = (verb: Verb, icon: IconName, target: string): ToolWords => ({
    ...words(verb, icon, target),
    isCode: true,
  });
  const file = (verb: Verb, icon: IconName, path: string): ToolWords => {
    const { head, tail } = partsOfPath(shownPath(path, cwd));
    return {
      ...code(verb, icon, ''),
      target: { head: cutMiddle(head, longestTarget), tail: cutMiddle(tail, longestTarget) },
      changes: changesOf(told),
    };
  };

  switch (tool) {
    case 'Bash':
    case 'PowerShell':
      return code(['Run', 'Running', 'Ran'], 'command', firstLine(textField(input, 'command')));
    case 'BashOutput':
    case 'TaskOutput':
      return words(['Check', 'Checking', 'Checked'], 'command', backgroundTarget(told));
    case 'KillShell':
    case 'TaskStop':
      return words(['Stop', 'Stopping', 'Stopped'], 'command', backgroundTarget(told));
    case 'Monitor':
      return words(['Watch', 'Watching', 'Watched'], 'command', firstText(input));
    case 'Read':
      return file(['Read', 'Reading', 'Read'], 'read', textField(input, 'file_path'));
    case 'Edit':
    case 'MultiEdit':
      return file(['Edit', 'Editing', 'Edited'], 'edit', textField(input, 'file_path'));
    case 'NotebookEdit':
      return file(['Edit', 'Editing', 'Edited'], 'edit', textField(input, 'notebook_path'));
    case 'Write':
      return textField(told.detail, 'type') === 'create'
        ? file(['Create', 'Creating', 'Created'], 'write', textField(input, 'file_path'))
        : file(['Write', 'Writing', 'Wrote'], 'write', textField(input, 'file_path'));
    case 'Grep':
      return code(['Search', 'Searching', 'Searched'], 'search', textField(input, 'pattern'));
    case 'Glob':
      return code(['Look for', 'Looking for', 'Looked for'], 'find', textField(input, 'pattern'));
    case 'LS':
      return file(['List', 'Listing', 'Listed'], 'find', textField(input, 'path'));
    case 'WebFetch':
      return words(['Fetch', 'Fetching', 'Fetched'], 'web', hostOf(textField(input, 'url')));
    case 'WebSearch':
      return words(
        ['Search the web', 'Searching the web', 'Searched the web'],
        'webSearch',
        textField(input, 'query'),
      );
    case 'Agent':
    case 'Task':
      return words(['Agent', 'Agent', 'Agent'], 'agent', textField(input, 'description'));
    case 'TodoWrite':
    case 'TaskCreate':
    case 'TaskUpdate':
    case 'TaskGet':
    case 'TaskList':
      return words(['Tasks', 'Tasks', 'Tasks'], 'tasks', taskTarget(told));
    case 'AskUserQuestion':
      return words(
        ['Ask', 'Asking', 'Asked'],
        'ask',
        textField(listField(input, 'questions')[0], 'question'),
      );
    case 'EnterPlanMode':
      return words(['Plan first', 'Planning first', 'Planning first'], 'plan', '');
    case 'ExitPlanMode':
      return words(['Plan', 'Planning', 'Planned'], 'plan', planTitle(textField(input, 'plan')));
    case 'Skill':
    case 'SlashCommand':
      return words(
        ['Skill', 'Skill', 'Skill'],
        'skill',
        textField(input, 'skill') || textField(input, 'command'),
      );
    case 'ToolSearch':
      return words(
        ['Look for tools', 'Looking for tools', 'Looked for tools'],
        'wrench',
        textField(input, 'query').replace(/^select:/, ''),
      );
    case 'LSP':
      return {
        ...file(['Look up', 'Looking up', 'Looked up'], 'search', textField(input, 'filePath')),
        changes: null,
      };
    case 'SendMessage':
      return words(
        ['Tell an agent', 'Telling an agent', 'Told an agent'],
        'agent',
        textField(input, 'summary'),
      );
    case 'EnterWorktree':
      return words(
        ['Enter a worktree', 'Entering a worktree', 'Entered a worktree'],
        'command',
        firstText(input),
      );
    case 'ExitWorktree':
      return words(['Leave the worktree', 'Leaving the worktree', 'Left the worktree'], 'command', '');
    case 'ScheduleWakeup':
    case 'CronCreate':
      return words(['Schedule', 'Scheduling', 'Scheduled'], 'tasks', firstText(input));
    default:
      return otherTool(told, words);
  }
}

function otherTool(
  { tool, input }: Told,
  words: (verb: Verb, icon: IconName, target: string) => ToolWords,
): ToolWords {
  const [, server, name] = /^mcp__(.+?)__(.+)$/.exec(tool) ?? [];
  if (server === undefined || name === undefined) {
    const spoken = tool.replace(/([a-z])([A-Z])/g, '$1 $2');
    return words([spoken, spoken, spoken], 'wrench', firstText(input));
  }
  const spoken = `${server.replaceAll('_', ' ')}: ${name.replaceAll(/_+/g, ' ')}`;
  return words([spoken, spoken, spoken], 'plug', firstText(input));
}

/** The first short text of an input: what most tools are about. */
function firstText(input: unknown): string {
  if (typeof input !== 'object' || input === null) return '';
  const texts = Object.values(input).filter((value) => typeof value === 'string');
  return firstLine(texts[0] ?? '');
}

function backgroundTarget({ input, detail }: Told): string {
  const task = field(detail, 'task');
  return (
    firstLine(textField(detail, 'command') || textField(task, 'command')) ||
    textField(task, 'description') ||
    textField(input, 'description') ||
    'background work'
  );
}

/** What did not go well is told as the order it was, because it cannot be said to be done. */
function inTense([order, doing, did]: Verb, { state, output, tool }: Told): string {
  switch (state) {
    case 'announced':
    case 'running':
      return doing;
    case 'done':
      return did;
    case 'failed':
      return tool === 'Bash' && /^(?:Error: )?Exit code \d/.test(output) ? did : order;
    case 'interrupted':
      return order;
    default:
      return state satisfies never;
  }
}

function taskTarget({ input, detail }: Told): string {
  const todos = listField(input, 'todos');
  const listed = todos.length > 0 ? todos : listField(detail, 'tasks');
  if (listed.length > 0) {
    const done = listed.filter((todo) => textField(todo, 'status') === 'completed').length;
    return `${done} of ${listed.length}`;
  }
  const subject = textField(input, 'subject') || textField(field(detail, 'task'), 'subject');
  if (subject !== '') return subject;
  const id = textField(input, 'taskId');
  const status = textField(input, 'status').replaceAll('_', ' ');
  return id === '' ? '' : `#${id} ${status}`.trim();
}

function planTitle(plan: string): string {
  return (plan.trim().split('\n')[0] ?? '').replace(/^#+\s*/, '');
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

function firstLine(text: string): string {
  const [first = '', ...more] = text.trim().split('\n');
  return more.length > 0 ? `${first} …` : first;
}

function cutEnd(text: string): string {
  const characters = Array.from(text);
  return characters.length <= longestTarget ? text : `${characters.slice(0, longestTarget - 1).join('')}…`;
}
