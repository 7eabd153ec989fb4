// The frames of the WebSocket, and the records of the event streams. One JSON text per frame.
// The same records go over SSE (`event:` = the frame's type) and the JSON page.
import * as z from 'zod/mini';
import { AnyEvent } from './events.ts';
import { Reply } from './commands.ts';

const log = z.string().check(z.regex(/^(lobby|[0-9a-f-]{36})$/));
export const LogName = log;

/**
 * Where a reader stands: after event `after` of a store that had that `epoch` (left out on the first visit).
 * With `snapshot` a reader at 0, or far behind, gets the tail of the folded view first; without it, every event.
 */
export const Cursor = z.object({
  after: z.int().check(z.gte(0)),
  epoch: z.optional(z.string()),
  snapshot: z.optional(z.boolean()),
});
export type Cursor = z.infer<typeof Cursor>;

export const ClientFrame = z.discriminatedUnion('type', [
  /** Must be the first, within 5 s and 4 KiB; again before the token ends. */
  z.object({
    type: z.literal('auth'),
    token: z.string().check(z.maxLength(512)),
  }),
  z.object({ type: z.literal('subscribe'), log, ...Cursor.shape }),
  z.object({ type: z.literal('unsubscribe'), log }),
  /** Whether a person can see the page; one that never says so is nobody's. */
  z.object({ type: z.literal('watching'), isVisible: z.boolean() }),
  /** `ref` comes back in the reply. */
  z.object({
    type: z.literal('command'),
    ref: z.string().check(z.maxLength(64)),
    command: z.looseObject({ type: z.string() }),
  }),
  /** Answered by `heartbeat` with the same `ref` at once: the client's probe after a wake-up. */
  z.object({ type: z.literal('heartbeat'), ref: z.optional(z.string().check(z.maxLength(64))) }),
]);
export type ClientFrame = z.infer<typeof ClientFrame>;

export const Trouble = z.object({ code: z.string(), message: z.string() });
export type Trouble = z.infer<typeof Trouble>;

export const StreamRecord = z.discriminatedUnion('type', [
  /** Events in order, right behind the reader's cursor. */
  z.object({ type: z.literal('events'), log, events: z.array(AnyEvent) }),
  /** Too far behind, or a first visit: the tail of the folded view as it stands at `view.last`; events follow. */
  z.object({
    type: z.literal('snapshot'),
    log,
    epoch: z.string(),
    view: z.looseObject({ last: z.int() }),
  }),
  /** The cursor is not of this store: forget what you have of this log; a snapshot follows. */
  z.object({ type: z.literal('reset'), log, epoch: z.string() }),
  /**
   * The reader has all there is at this moment. Comes again when `trouble` changes: why nothing new is taken for now, as a
   * refusal's code (`disk_full`, `disk_failed`, `log_damaged`) and a sentence on what to do; left out when all is well.
   */
  z.object({
    type: z.literal('live'),
    log,
    head: z.int(),
    buildId: z.optional(z.string()),
    trouble: z.optional(Trouble),
  }),
]);
export type StreamRecord = z.infer<typeof StreamRecord>;

export const ServerFrame = z.discriminatedUnion('type', [
  ...StreamRecord.def.options,
  /** The answer to `auth`. `buildId` is the page's: on a mismatch the page offers to reload. */
  z.object({
    type: z.literal('ready'),
    epoch: z.string(),
    buildId: z.string(),
    deviceId: z.string(),
    scopes: z.array(z.string()),
  }),
  z.object({ type: z.literal('reply'), ref: z.string(), reply: Reply }),
  z.object({ type: z.literal('heartbeat'), ref: z.optional(z.string()) }),
  /** This log cannot be read (deleted, say); the subscription is over. */
  z.object({ type: z.literal('gone'), log, message: z.string() }),
]);
export type ServerFrame = z.infer<typeof ServerFrame>;
