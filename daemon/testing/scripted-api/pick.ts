// How a reply is picked: the newest user message that carries a keyword `[[name args]]` names the script, and
// step N of it answers the request that has N assistant messages after that message. Pure: a request and the
// scripts in, a turn out. It must not know HTTP or time, so that the same conversation gets the same answer.
import {
  type Message,
  type MessagesBody,
  type ToolResult,
  textOf,
  toolResultsOf,
  wordsOf,
  workingFolderOf,
} from './messages.ts';
import type { Reply } from './replies.ts';

/** What a step is told. */
export interface Turn {
  /** The script's name; undefined for a message that names none. */
  readonly name: string | undefined;
  readonly args: readonly string[];
  readonly step: number;
  /** How many times this very state of the conversation was asked before: 0 at first, more after a retry. */
  readonly attempt: number;
  /** The message that picked the script, without the CLI's reminders. */
  readonly words: string;
  /** What the CLI itself reports instead of a person: a background task has ended. */
  readonly notice: string | undefined;
  /** Results of the tools that the step before asked for. */
  readonly toolResults: readonly ToolResult[];
  /** The CLI's working folder, no slash at the end. */
  readonly folder: string;
  readonly body: MessagesBody;
}

export type Picked = Omit<Turn, 'attempt'>;
export type Step = (turn: Turn) => Reply;
export type Script = readonly Step[];
export type Scripts = Readonly<Record<string, Script>>;

/** Names the script for a message that carries no keyword; undefined when no script fits. */
export type ChooseScript = (message: Pick<Turn, 'words' | 'notice'>) => string | undefined;

export function pickTurn(body: MessagesBody, scripts: Scripts, chooseScript: ChooseScript): Picked {
  const given = { folder: workingFolderOf(body) ?? '/tmp', body, toolResults: newestToolResults(body) };
  let step = 0;
  for (const message of body.messages.toReversed()) {
    if (message.role === 'assistant') step += 1;
    if (message.role !== 'user') continue;
    const words = wordsOf(message);
    const keyword = newestKeyword(words, scripts);
    if (keyword !== undefined) return { ...given, ...keyword, words, step, notice: undefined };
    if (toolResultsOf(message).length > 0 || isContinuation(words)) continue;
    const notice = noticeOf(message);
    return { ...given, name: chooseScript({ words, notice }), args: [], words, step, notice };
  }
  return { ...given, name: undefined, args: [], words: '', step, notice: undefined };
}

function newestKeyword(words: string, scripts: Scripts): { name: string; args: string[] } | undefined {
  for (const [, name = '', rest = ''] of [...words.matchAll(/\[\[(\w+)(|\s.*?)\]\]/gs)].reverse()) {
    if (Object.hasOwn(scripts, name)) return { name, args: rest.split(/\s+/).filter((arg) => arg !== '') };
  }
  return undefined;
}

/** What the CLI writes by itself after `max_tokens`. */
const isContinuation = (words: string): boolean => words.startsWith('Output token limit hit.');

const noticeOf = (message: Message): string | undefined =>
  /<task-notification>([\s\S]*?)<\/task-notification>/.exec(textOf(message))?.[1];

function newestToolResults({ messages }: MessagesBody): ToolResult[] {
  const newest = messages.slice(messages.findLastIndex((message) => message.role === 'assistant') + 1);
  return newest.filter((message) => message.role === 'user').flatMap(toolResultsOf);
}
