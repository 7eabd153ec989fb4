// The events of one conversation's log: what happened, in the past tense, in the order of their ids.
// Schemas are the one definition of each shape; nothing here does anything.
import * as z from 'zod/mini';

const text = z.string();
const Json = z.json();

/** Permission modes of the CLI, as `--permission-mode` takes them. */
export const Mode = z.enum(['default', 'acceptEdits', 'plan', 'bypassPermissions', 'dontAsk', 'auto']);
export type Mode = z.infer<typeof Mode>;

/** How hard the model thinks, as `--effort` takes it. */
export const Effort = z.enum(['low', 'medium', 'high', 'xhigh', 'max']);
export type Effort = z.infer<typeof Effort>;

/** A file that came with a message: kept by the computer under `uploadId`; its type is known from its content. */
export const Attachment = z.object({
  uploadId: text,
  name: text,
  mediaType: text,
  /** Size in bytes. */
  size: z.int(),
  /** Of pictures, in pixels. */
  width: z.optional(z.int()),
  height: z.optional(z.int()),
});
export type Attachment = z.infer<typeof Attachment>;

/** A picture that a tool gave back, kept by the computer like an upload. */
export const ToolImage = z.object({
  uploadId: text,
  mediaType: text,
  width: z.optional(z.int()),
  height: z.optional(z.int()),
});
export type ToolImage = z.infer<typeof ToolImage>;

/** Where a translated event came from: the end, in bytes, of its line in the run's spool. */
const Source = z.object({ runId: text, offset: z.number() });

/** `at` is the computer's clock in ms since 1970; order is by `id`, never by `at`. */
const envelope = { id: z.int(), at: z.number(), source: z.optional(Source) };

/** Set on what a subagent does: the tool call that started it. */
const nested = { parentToolId: z.optional(text) };

const event = <const T extends string, S extends z.core.$ZodLooseShape>(type: T, shape: S) =>
  z.object({ ...envelope, type: z.literal(type), ...shape });

export const ConversationEvent = z.discriminatedUnion('type', [
  event('conversation.created', {
    conversationId: text,
    cwd: text,
    title: text,
    mode: Mode,
    model: z.nullable(text),
    forkedFrom: z.optional(z.object({ conversationId: text, messageId: z.nullable(text) })),
  }),
  /** Items of another transcript that stand at the beginning of this one; as `view.ts` has them. */
  event('transcript.copied', { items: z.array(Json) }),
  /** Left out of `by`: the first words of the first message. */
  event('conversation.renamed', { title: text, by: z.optional(z.enum(['person', 'claude'])) }),
  /**
   * The next run goes on in the session from behind `anchor` (null: from its very beginning), under a new session id when
   * `fork`. With `messageId` the transcript from that message on is set aside.
   */
  event('conversation.branched', {
    sessionId: text,
    anchor: z.nullable(text),
    fork: z.boolean(),
    messageId: z.optional(text),
  }),
  /** Files were put back to where they were before a message. */
  event('files.restored', { messageId: text, deviceId: text, paths: z.array(text) }),

  /** `steer`: to be given to Claude at once, into a running turn if there is one. */
  event('message.sent', {
    messageId: text,
    clientId: text,
    deviceId: text,
    text,
    steer: z.optional(z.boolean()),
    attachments: z.optional(z.array(Attachment)),
  }),
  /** These four only for messages that still wait in the queue. */
  event('message.edited', { messageId: text, text }),
  event('message.steered', { messageId: text }),
  event('message.withdrawn', { messageId: text, deviceId: text }),
  /** It waited when the device that sent it was shut out: Claude does not get it unless a person lets it go on. */
  event('message.held', { messageId: text }),
  event('message.released', { messageId: text, deviceId: text }),
  /** The new order of the whole queue. */
  event('queue.reordered', { messageIds: z.array(text) }),
  /** Written before the message goes to the run, so that a crash in between can be told from "never given". */
  event('message.handed', { messageId: text, runId: text }),
  /** The CLI said that it has the message. */
  event('message.taken', { messageId: text }),
  event('message.doubted', { messageId: text, reason: text }),
  /** A person has decided on a doubted message; one that is sent again follows as `message.sent` of its own. */
  event('message.settled', { messageId: text, deviceId: text, behavior: z.enum(['leave', 'resend']) }),

  /** A run is wanted, but as many as may be up at once are busy. */
  event('run.awaited', {}),
  event('run.started', { runId: text, sessionId: text, resumed: z.boolean() }),
  event('run.ended', {
    runId: text,
    exitCode: z.nullable(z.int()),
    signal: z.nullable(text),
    detail: text,
  }),
  /** What the CLI says of itself at the start of a turn; logged when it differs from the last. */
  event('session.announced', {
    sessionId: text,
    model: text,
    mode: text,
    claudeVersion: text,
  }),
  /** The CLI has no such session any more (it was killed before it kept one): what was handed to it was not run. */
  event('session.lost', {}),
  event('mode.changed', { mode: text }),
  /** What the person chose; in force from the next request on, and for every later run. */
  event('conversation.configured', {
    deviceId: text,
    mode: z.optional(Mode),
    model: z.optional(z.nullable(text)),
    effort: z.optional(z.nullable(Effort)),
  }),

  event('turn.started', { turnId: text }),
  event('turn.stopRequested', { deviceId: text }),
  event('turn.finished', {
    turnId: text,
    outcome: z.enum(['completed', 'stopped', 'failed']),
    error: z.nullable(text),
    durationMs: z.number(),
    costUsd: z.number(),
    inputTokens: z.int(),
    outputTokens: z.int(),
    cacheReadTokens: z.optional(z.int()),
    cacheWriteTokens: z.optional(z.int()),
    /** Why it failed, in the CLI's word, e.g. `rate_limit`, `authentication_failed`. */
    cause: z.optional(text),
    /** Set on a turn that nobody asked for, e.g. `task-notification`: background work ended. */
    origin: z.optional(text),
    /** The CLI's id of the last thing it said: from behind it a session can be taken up again. */
    anchor: z.optional(text),
  }),
  event('turn.interrupted', { turnId: z.nullable(text), reason: text }),
  /** A person has decided on a turn that has no end: on these messages, which are sent again as new ones for `retry`. */
  event('turn.settled', { deviceId: text, behavior: z.enum(['leave', 'retry']), messageIds: z.array(text) }),

  event('text.delta', { blockId: text, text, ...nested }),
  event('text.finished', { blockId: text, text, ...nested }),
  event('thinking.delta', { blockId: text, text, ...nested }),
  event('thinking.finished', { blockId: text, text, ...nested }),
  /** A stream broke off and starts anew: what was shown of this block is void. */
  event('block.dropped', { blockId: text }),

  /** The model began to write a tool call; its input is still on the way. */
  event('tool.announced', { toolId: text, tool: text, ...nested }),
  event('tool.started', { toolId: text, tool: text, input: Json, ...nested }),
  /** `detail` is the CLI's structured result (diffs, exit status), `output` what the model was told. */
  event('tool.finished', {
    toolId: text,
    isError: z.boolean(),
    output: text,
    detail: Json,
    images: z.optional(z.array(ToolImage)),
  }),

  /** Work that Claude has put off to the side: an agent or a shell command; it may outlive the turn. `kind` e.g. `local_bash`. */
  event('task.started', { taskId: text, toolId: z.nullable(text), kind: text, description: text }),
  event('task.progressed', { taskId: text, tokens: z.int(), toolUses: z.int(), lastTool: z.nullable(text) }),
  event('task.stopRequested', { taskId: text, deviceId: text }),
  /** `status` e.g. `completed`, `failed`, `stopped`. */
  event('task.finished', { taskId: text, status: text, summary: text }),

  /** How much of the model's context is used; `window` is null until the CLI has said how large it is. */
  event('context.measured', { tokens: z.int(), window: z.nullable(z.int()) }),
  event('context.compacting', {}),
  event('context.compacted', { trigger: text, tokensBefore: z.nullable(z.int()) }),
  event('context.cleared', {}),
  /** A limit of the person's plan, e.g. `window` `five_hour`; `status` e.g. `allowed_warning`, `rejected`; `used` 0 to 1. */
  event('limit.reported', {
    window: text,
    status: text,
    resetsAt: z.nullable(z.number()),
    used: z.nullable(z.number()),
  }),

  event('permission.requested', {
    requestId: text,
    toolId: z.nullable(text),
    tool: text,
    input: Json,
    description: z.nullable(text),
    reason: z.nullable(text),
    blockedPath: z.nullable(text),
    suggestions: z.array(Json),
  }),
  event('permission.answered', {
    requestId: text,
    deviceId: text,
    behavior: z.enum(['allow', 'deny']),
    message: z.nullable(text),
    /** What the CLI is to run instead, when the person edited it. */
    updatedInput: z.optional(Json),
    updatedPermissions: z.optional(z.array(Json)),
  }),
  event('permission.withdrawn', { requestId: text }),

  event('retry.scheduled', {
    attempt: z.int(),
    maxAttempts: z.int(),
    delayMs: z.number(),
    status: z.nullable(z.int()),
    error: text,
  }),
  event('notice.raised', {
    severity: z.enum(['info', 'warning', 'error']),
    text,
  }),
  /** A line of the CLI that this version does not know: kept as it came. */
  event('line.kept', { line: Json }),
  /**
   * Stands for the text deltas `from`..`to` after their finished block made them superfluous; `id` equals `to`. A reader in
   * their middle takes it as well: what it has of them and what it lacks, the finished block brings.
   */
  event('deltas.folded', { from: z.int(), to: z.int() }),
]);
export type ConversationEvent = z.infer<typeof ConversationEvent>;

/** An event as it is decided, before the log gives it its id and time. */
export type Draft<E extends { id: number; at: number }> = E extends unknown ? Omit<E, 'id' | 'at'> : never;
export type ConversationDraft = Draft<ConversationEvent>;

/** What every event of every log has, known type or not. */
export const AnyEvent = z.looseObject({
  id: z.int(),
  at: z.number(),
  type: text,
});
export type AnyEvent = z.infer<typeof AnyEvent>;

/** Narrows an event read from a log; undefined for a type or shape that this version does not know. */
export function knownEvent(event: AnyEvent): ConversationEvent | undefined {
  const parsed = ConversationEvent.safeParse(event);
  return parsed.success ? parsed.data : undefined;
}
