// What a person sees of a conversation, as data: the result of folding its log. Types and the empty view only.
// Items lie in pages of a fixed size, so that appending copies one page, a list draws page by page, and the start
// of a long conversation can be left out (`dropped`) and fetched later by page number.
import type { Attachment, Effort, Mode, ToolImage } from './events.ts';

export const pageSize = 50;

/** On the computer → written to Claude's input → Claude said it has it → its turn is over; or it cannot be proved. */
export type MessageState = 'sent' | 'handed' | 'taken' | 'answered' | 'doubted';

interface ItemBase {
  /** Unique in the conversation and stable. */
  readonly key: string;
  readonly at: number;
  /** The conversation went back to before this: it happened, but Claude no longer knows of it. */
  readonly aside?: boolean | undefined;
}

export interface MessageItem extends ItemBase {
  readonly kind: 'message';
  readonly clientId: string;
  readonly deviceId: string;
  readonly text: string;
  readonly state: MessageState;
  /** Goes to Claude at once instead of waiting for the turn's end. */
  readonly steer?: boolean | undefined;
  readonly attachments?: readonly Attachment[] | undefined;
  /** Of a waiting one: its device was shut out before Claude got it. False once a person has let it go on. */
  readonly held?: boolean | undefined;
  /** Of a doubted one, or one whose turn has no end: what a person decided. */
  readonly settled?: 'leave' | 'resend' | undefined;
}

export interface TextItem extends ItemBase {
  readonly kind: 'text' | 'thinking';
  readonly text: string;
  /** Still being written. */
  readonly open: boolean;
  readonly parentToolId?: string | undefined;
}

export interface ToolItem extends ItemBase {
  readonly kind: 'tool';
  readonly tool: string;
  readonly input: unknown;
  readonly state: 'announced' | 'running' | 'done' | 'failed' | 'interrupted';
  readonly output: string;
  readonly detail: unknown;
  readonly endedAt: number | null;
  readonly images?: readonly ToolImage[] | undefined;
  readonly parentToolId?: string | undefined;
}

/** A file that a turn changed. Lines are null when the tool did not say. */
export interface ChangedFile {
  readonly path: string;
  readonly isNew: boolean;
  readonly added: number | null;
  readonly removed: number | null;
}

export interface RanCommand {
  readonly command: string;
  readonly failed: boolean;
}

export interface ReceiptItem extends ItemBase {
  readonly kind: 'receipt';
  readonly outcome: 'completed' | 'stopped' | 'failed' | 'interrupted';
  readonly error: string | null;
  readonly durationMs: number;
  readonly costUsd: number;
  readonly files: readonly ChangedFile[];
  readonly commands: readonly RanCommand[];
  /** Tokens sent to the model, those read from its cache included; and tokens it wrote. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cause?: string | undefined;
  /** Nobody asked for this turn, e.g. `task-notification`. */
  readonly origin?: string | undefined;
  readonly anchor?: string | undefined;
  /** The first message that it answers; null when nobody asked. */
  readonly messageKey: string | null;
}

export interface NoticeItem extends ItemBase {
  readonly kind: 'notice';
  readonly severity: 'info' | 'warning' | 'error';
  readonly text: string;
}

/** A turning point of the conversation, drawn as a line across. */
export interface MarkItem extends ItemBase {
  readonly kind: 'mark';
  readonly mark: 'compacted' | 'cleared' | 'wentBack' | 'forked' | 'restored';
  /** What it is about: the paths of restored files; tokens before a compaction. */
  readonly paths?: readonly string[] | undefined;
  readonly tokensBefore?: number | undefined;
}

/** Something that this version does not know: a line of the CLI, or an event of a newer daemon. */
export interface UnknownItem extends ItemBase {
  readonly kind: 'unknown';
  readonly value: unknown;
}

export type Item = MessageItem | TextItem | ToolItem | ReceiptItem | NoticeItem | MarkItem | UnknownItem;

export interface PermissionRequest {
  readonly requestId: string;
  readonly toolId: string | null;
  readonly tool: string;
  readonly input: unknown;
  readonly description: string | null;
  readonly reason: string | null;
  readonly blockedPath: string | null;
  readonly suggestions: readonly unknown[];
  readonly at: number;
}

export interface Retry {
  readonly attempt: number;
  readonly maxAttempts: number;
  /** When the next try is due, ms since 1970. */
  readonly due: number;
  readonly status: number | null;
  readonly error: string;
}

export interface Turn {
  readonly turnId: string;
  readonly startedAt: number;
  readonly stopping: boolean;
  /** Keys of the messages that were with Claude when it began. */
  readonly messages: readonly string[];
  readonly retry: Retry | null;
  readonly isCompacting: boolean;
  /** What it did so far, for the receipt. */
  readonly files: readonly ChangedFile[];
  readonly commands: readonly RanCommand[];
}

/** An agent or command that runs beside the conversation. In the background when its tool call is not in `open`. */
export interface Task {
  readonly taskId: string;
  readonly toolId: string | null;
  readonly kind: string;
  readonly description: string;
  readonly startedAt: number;
  readonly stopping: boolean;
  readonly tokens: number;
  readonly toolUses: number;
  readonly lastTool: string | null;
}

/** One step of Claude's own list of what is to be done. */
export interface Todo {
  readonly todoId: string;
  readonly text: string;
  readonly state: 'pending' | 'working' | 'done';
}

/** Where the next run takes the session up: see `conversation.branched`. */
export interface Branch {
  readonly sessionId: string;
  readonly anchor: string | null;
  readonly fork: boolean;
  /** The run that was up then, at the old place: what it still says does not count as having gone on. */
  readonly leaving: string | null;
}

export interface ConversationView {
  /** Id of the last event applied. */
  readonly last: number;
  readonly conversationId: string;
  readonly title: string;
  /** Who chose the title; null: it is the first words of the first message. */
  readonly titledBy: 'person' | 'claude' | null;
  readonly forkedFrom: { readonly conversationId: string; readonly messageId: string | null } | null;
  readonly cwd: string;
  readonly createdAt: number;
  readonly mode: Mode | string;
  readonly model: string | null;
  /** What the person chose, which a new run is started with; null leaves it to the CLI. */
  readonly chosenModel: string | null;
  readonly effort: Effort | null;
  /** The CLI's own id for the session; null until it has said one. */
  readonly sessionId: string | null;
  readonly claudeVersion: string | null;
  /** What all turns so far have cost, USD by list price. */
  readonly costUsd: number;
  /** Tokens of the model's context in use, and how many there are; null until known. */
  readonly context: { readonly tokens: number; readonly window: number | null } | null;
  readonly todos: readonly Todo[];
  /** Running now. */
  readonly tasks: readonly Task[];
  readonly branch: Branch | null;
  /** The run that is up, null when none is. */
  readonly runId: string | null;
  /** A run is wanted and has to wait for a free place. */
  readonly isAwaitingRun: boolean;
  readonly pages: readonly (readonly Item[])[];
  /** How many pages before `pages[0]` this view does not hold. */
  readonly dropped: number;
  /** Sent but not yet given to Claude, in order. */
  readonly queue: readonly MessageItem[];
  /** Keys of messages given to Claude whose turn is not over. */
  readonly unanswered: readonly string[];
  /** Keys of blocks and tools that are not finished. */
  readonly open: readonly string[];
  readonly turn: Turn | null;
  readonly requests: readonly PermissionRequest[];
  /** Why the last turn has no end, until something new is said or a person has settled it. */
  readonly interruption: string | null;
}

export const emptyView: ConversationView = {
  last: 0,
  conversationId: '',
  title: '',
  titledBy: null,
  forkedFrom: null,
  cwd: '',
  createdAt: 0,
  mode: 'default',
  model: null,
  chosenModel: null,
  effort: null,
  sessionId: null,
  claudeVersion: null,
  costUsd: 0,
  context: null,
  todos: [],
  tasks: [],
  branch: null,
  runId: null,
  isAwaitingRun: false,
  pages: [],
  dropped: 0,
  queue: [],
  unanswered: [],
  open: [],
  turn: null,
  requests: [],
  interruption: null,
};

/** The view with only its last `count` pages: what a phone gets when it opens the conversation. */
export function tail(view: ConversationView, count: number): ConversationView {
  const cut = Math.max(0, view.pages.length - count);
  return cut === 0 ? view : { ...view, pages: view.pages.slice(cut), dropped: view.dropped + cut };
}
