// Every command that a person, a script or a page may give, its shape and what it answers. Imperative names.
// The handlers are one table in daemon/commands.ts; a command without a handler does not compile.
import * as z from 'zod/mini';
import { Catalog } from './catalog.ts';
import { ClientId, folder, Id, line, nothing } from './command-parts.ts';
import { computerCommands } from './computer-commands.ts';
import { ContextUsage } from './context-usage.ts';
import { errorCodes } from './errors.ts';
import { Effort, Mode } from './events.ts';
import { ConversationSummary } from './lobby.ts';
import { previewCommands } from './preview-commands.ts';
import { settingsCommands } from './settings-commands.ts';

const words = z.string().check(z.minLength(1), z.maxLength(262_144));
/** Random for what a device sends, SHA-256 of the content for what a tool gave back. Lower-case hex. */
export const UploadId = z.string().check(z.regex(/^[0-9a-f]{32}([0-9a-f]{32})?$/));
/** Most files that one message may have. */
export const maxAttachments = 20;

/** What one command takes (beside its `type`) and what it answers. */
export const commands = {
  'conversation.create': {
    input: {
      cwd: folder,
      title: z.optional(line),
      mode: z.optional(Mode),
      model: z.optional(line),
    },
    result: z.object({ conversationId: z.string() }),
  },
  'conversation.list': {
    input: {},
    result: z.object({ conversations: z.array(ConversationSummary) }),
  },
  /** Everything that the person said, in order. `page` is where to fetch it. */
  'conversation.outline': {
    input: { conversationId: Id },
    result: z.object({
      prompts: z.array(z.object({ key: z.string(), page: z.int(), at: z.number(), text: z.string() })),
    }),
  },
  /** In the order of the conversation; when there are very many, the newest, and `more`. */
  'conversation.search': {
    input: { conversationId: Id, text: line },
    result: z.object({
      hits: z.array(
        z.object({
          key: z.string(),
          page: z.int(),
          at: z.number(),
          kind: z.enum(['message', 'text', 'tool']),
          excerpt: z.string(),
        }),
      ),
      more: z.boolean(),
    }),
  },
  'conversation.rename': {
    input: { conversationId: Id, title: line },
    result: nothing,
  },
  'conversation.delete': { input: { conversationId: Id }, result: nothing },
  /**
   * A conversation of its own that begins with what was said before the message, or with all of it. The one that it comes
   * from stays as it is. `text` is the message's, to be written anew.
   */
  'conversation.fork': {
    input: { conversationId: Id, messageId: z.optional(Id) },
    result: z.object({ conversationId: z.string(), text: z.string() }),
  },
  /** What going back to before this message would do to the files; nothing is changed. May start Claude to ask. */
  'conversation.previewRewind': {
    input: { conversationId: Id, messageId: Id },
    result: z.object({
      files: z.array(z.string()),
      insertions: z.int(),
      deletions: z.int(),
      mayRestore: z.boolean(),
    }),
  },
  /** Goes back to before the message; with `files` Claude's edits since then are undone too. `text` is the message's. */
  'conversation.rewind': {
    input: { conversationId: Id, messageId: Id, files: z.boolean() },
    result: z.object({ text: z.string() }),
  },
  /** Puts the files that Claude has edited since the message back to where they were before it. What commands did stays. */
  'files.restore': {
    input: { conversationId: Id, messageId: Id },
    result: z.object({ files: z.array(z.string()) }),
  },
  'task.stop': { input: { conversationId: Id, taskId: line }, result: nothing },
  /** What the running turn waits for goes on beside it: one tool call, or all of them. */
  'task.background': { input: { conversationId: Id, toolId: z.optional(line) }, result: nothing },
  'message.send': {
    /**
     * Up to 262,144 characters, none only where there are attachments: ids of finished uploads of this conversation. The same
     * clientId with the same text and attachments gives the same answer, however often it is sent.
     */
    input: {
      conversationId: Id,
      clientId: ClientId,
      steer: z.optional(z.boolean()),
      text: z.string().check(z.maxLength(262_144)),
      attachments: z.optional(z.array(UploadId).check(z.maxLength(maxAttachments))),
    },
    result: z.object({ eventId: z.int() }),
  },
  /** These change the queue; a message that Claude has already is refused with `not_waiting`. */
  'message.edit': { input: { conversationId: Id, messageId: Id, text: words }, result: nothing },
  'message.steer': { input: { conversationId: Id, messageId: Id }, result: nothing },
  'message.withdraw': { input: { conversationId: Id, messageId: Id }, result: nothing },
  /** Lets a message go on whose device was shut out while it waited; one that is not held is refused with `not_waiting`. */
  'message.release': { input: { conversationId: Id, messageId: Id }, result: nothing },
  /** What becomes of a message that may not have reached Claude, once for all devices: `resend` says it again as a new one. */
  'message.settle': {
    input: { conversationId: Id, messageId: Id, behavior: z.enum(['leave', 'resend']) },
    result: nothing,
  },
  /**
   * What becomes of a turn that was interrupted, once for all devices: `retry` goes back to before it and says all that it had
   * taken again, in order.
   */
  'turn.settle': { input: { conversationId: Id, behavior: z.enum(['leave', 'retry']) }, result: nothing },
  'queue.reorder': { input: { conversationId: Id, messageIds: z.array(Id) }, result: nothing },
  /** `dropQueue`: what waits is withdrawn; otherwise it goes on with the next message. */
  'turn.stop': { input: { conversationId: Id, dropQueue: z.optional(z.boolean()) }, result: nothing },
  /** `model: null` and `effort: null` leave the choice to Claude Code. */
  'conversation.configure': {
    input: {
      conversationId: Id,
      mode: z.optional(Mode),
      model: z.optional(z.nullable(line)),
      effort: z.optional(z.nullable(Effort)),
    },
    result: nothing,
  },
  /** Commands, models and agents to choose from; may start Claude to ask, and then `claude_unavailable` is an answer. */
  'conversation.catalog': { input: { conversationId: Id }, result: Catalog },
  /** Files and folders of the conversation's folder whose path fits what is typed, best first, at most 30. */
  'file.suggest': {
    input: { conversationId: Id, query: z.string().check(z.maxLength(500)) },
    result: z.object({ files: z.array(z.object({ path: z.string(), isFolder: z.boolean() })) }),
  },
  /** Those of the paths that are there and lie outside of the conversation's folder, by a link perhaps. */
  'file.checkOutside': {
    input: { conversationId: Id, paths: z.array(z.string().check(z.maxLength(4096))).check(z.maxLength(50)) },
    result: z.object({ paths: z.array(z.string()) }),
  },
  /** What fills the model's context. The CLI counts for seconds, so only when a person asks; may start Claude. */
  'conversation.inspectContext': { input: { conversationId: Id }, result: ContextUsage },
  'permission.answer': {
    input: {
      conversationId: Id,
      requestId: line,
      behavior: z.enum(['allow', 'deny']),
      message: z.optional(z.string().check(z.maxLength(20_000))),
      updatedInput: z.optional(z.json()),
      updatedPermissions: z.optional(z.array(z.json())),
    },
    result: nothing,
  },
  ...computerCommands,
  ...previewCommands,
  ...settingsCommands,
} as const;

export type CommandType = keyof typeof commands;
type Inputs = {
  [T in CommandType]: z.infer<z.ZodMiniObject<(typeof commands)[T]['input']>>;
};
export type CommandInput<T extends CommandType> = Inputs[T];
export type CommandResult<T extends CommandType> = z.infer<(typeof commands)[T]['result']>;
export type Command = {
  [T in CommandType]: { type: T } & CommandInput<T>;
}[CommandType];

/** What a command answers on every transport. */
export const Reply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), result: z.unknown() }),
  z.object({
    ok: z.literal(false),
    error: z.object({ code: z.enum(errorCodes), message: z.string() }),
  }),
]);
export type Reply = z.infer<typeof Reply>;

export function isCommandType(type: unknown): type is CommandType {
  return typeof type === 'string' && Object.hasOwn(commands, type);
}
