// What the CLI sends, as far as the scripts need it: a typed, forgiving reading of a Messages API request.
// It must never refuse a request: the real CLI changes several times a week and unknown fields are kept.

export interface Block {
  readonly type: string;
  readonly [field: string]: unknown;
}

export interface Message {
  /** `system` occurs in mid-conversation too: reminders, and messages typed while a turn runs. */
  readonly role: string;
  readonly blocks: readonly Block[];
}

/** A request body. `raw` is the body as it came, for a test that looks at more. */
export interface MessagesBody {
  readonly model: string;
  readonly system: string;
  readonly messages: readonly Message[];
  readonly toolNames: readonly string[];
  readonly maxTokens: number;
  readonly stream: boolean;
  readonly raw: Readonly<Record<string, unknown>>;
}

export interface ToolResult {
  readonly toolUseId: string;
  readonly text: string;
  readonly isError: boolean;
}

export function parseMessagesBody(value: unknown): MessagesBody {
  const raw = asRecord(value);
  return {
    model: asString(raw['model']),
    system: blocksOf(raw['system']).map(textOfBlock).join('\n'),
    messages: asList(raw['messages']).map(parseMessage),
    toolNames: asList(raw['tools']).map((tool) => asString(asRecord(tool)['name'])),
    maxTokens: typeof raw['max_tokens'] === 'number' ? raw['max_tokens'] : 0,
    stream: raw['stream'] === true,
    raw,
  };
}

/** The text of a message, reminders of the CLI included. */
export const textOf = (message: Message): string =>
  message.blocks
    .filter((block) => block.type === 'text')
    .map(textOfBlock)
    .join('\n');

/** The text of a message as the person wrote it: without the reminders that the CLI puts around it. */
export const wordsOf = (message: Message): string =>
  textOf(message)
    .replace(/<system-reminder>[\s\S]*?<\/system-reminder>/g, '')
    .trim();

export const toolResultsOf = (message: Message): ToolResult[] =>
  message.blocks
    .filter((block) => block.type === 'tool_result')
    .map((block) => ({
      toolUseId: asString(block['tool_use_id']),
      text: blocksOf(block['content']).map(textOfBlock).join('\n'),
      isError: block['is_error'] === true,
    }));

/** The folder the CLI works in. 2.1.329 tells it in a system message, older ones in the system prompt. */
export function workingFolderOf(body: MessagesBody): string | undefined {
  const places = [...body.messages.map(textOf).reverse(), body.system];
  for (const place of places) {
    const found = /^\s*-? ?(?:Primary working|Working) directory: (.+)$/m.exec(place)?.[1];
    if (found !== undefined) return found.trim();
  }
  return undefined;
}

/** The file that plan mode wants the plan in, named by the CLI; undefined outside plan mode. */
export function planFileOf(body: MessagesBody): string | undefined {
  const everything = body.messages.map(textOf).join('\n');
  return [...everything.matchAll(/(?:create your plan at|plan file already exists at) (\S+\.md)/gi)].at(
    -1,
  )?.[1];
}

function parseMessage(value: unknown): Message {
  const { role, content } = asRecord(value);
  return { role: asString(role), blocks: blocksOf(content) };
}

function blocksOf(content: unknown): Block[] {
  if (typeof content === 'string') return [{ type: 'text', text: content }];
  return asList(content).map((block) => {
    const record = asRecord(block);
    return { ...record, type: asString(record['type']) };
  });
}

const textOfBlock = (block: Block): string => asString(block['text']);
const asString = (value: unknown): string => (typeof value === 'string' ? value : '');
const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
/** A value of unknown shape as fields; no fields if it is none. */
export const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : {};
