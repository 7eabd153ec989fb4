// Claude as a conversation sees it: runs that are started, spoken to and heard. Types only; the adapter is daemon/claude/.
import type { Run, RunExit } from '../ports.ts';
import type { Catalog } from '../protocol/catalog.ts';
import type { ContextUsage } from '../protocol/context-usage.ts';
import type { ConversationDraft } from '../protocol/events.ts';
import type { Branch } from '../protocol/view.ts';
import type { OutgoingMessage, Picture } from './uploads.ts';

/** A draft that says from which line of which run it comes. */
export type SourcedDraft = ConversationDraft & {
  readonly source: { readonly runId: string; readonly offset: number };
  /** What its `images` stand for: to be stored before it is logged, and no part of the log. */
  readonly pictures?: readonly Picture[];
};

export interface PermissionAnswer {
  readonly requestId: string;
  readonly behavior: 'allow' | 'deny';
  readonly message: string | null;
  /** What runs if it is allowed: the input as asked, or as the person edited it. */
  readonly input: unknown;
  readonly updatedPermissions: readonly unknown[];
}

/** One run of `claude` that a conversation talks to. */
export interface ClaudeSession {
  readonly runId: string;
  /** Gives the message to the CLI; resolves when it is written, which is not yet proof that it was read. */
  send(message: OutgoingMessage): Promise<void>;
  /** Resolves when the CLI has said that it will. */
  interrupt(): Promise<void>;
  /**
   * Any other request of the CLI's control protocol; resolves with its answer, whatever that is. Rejects with AppError
   * `claude_unavailable` when the CLI refuses, stays silent or has ended.
   */
  request(request: { readonly subtype: string; readonly [field: string]: unknown }): Promise<unknown>;
  /** Which commands, models and agents this run has, as last heard. Rejects with AppError `claude_unavailable`. */
  catalog(): Promise<Catalog>;
  /** What fills the context, counted now: takes seconds. Rejects with AppError `claude_unavailable`. */
  contextUsage(): Promise<ContextUsage>;
  /** Fields that are left out stay as they are; null leaves the choice to the CLI. */
  configure(choice: {
    readonly mode?: string | undefined;
    readonly model?: string | null | undefined;
    readonly effort?: string | null | undefined;
  }): Promise<void>;
  answer(answer: PermissionAnswer): Promise<void>;
  /**
   * What the CLI says behind spool byte `after`, translated, in batches as fast as they are taken; ends when the run is
   * over. To be read once.
   */
  events(after: number): AsyncIterable<readonly SourcedDraft[]>;
  readonly exited: Promise<RunExit>;
  kill(): Promise<void>;
  /** Stops reading; the process lives on. */
  detach(): void;
}

export interface SessionSpec {
  readonly conversationId: string;
  readonly sessionId: string;
  readonly resume: boolean;
  readonly cwd: string;
  readonly mode: string;
  readonly model: string | null;
  readonly effort: string | null;
  /** Where in which session to begin, when that is not simply the end of `sessionId`. */
  readonly branch: Branch | null;
}

export interface Claude {
  /** Starts a run. Rejects with AppError `claude_unavailable`, whose message says what is missing and what to do. */
  start(spec: SessionSpec): Promise<ClaudeSession>;
  /** Takes up a run that an earlier daemon left. */
  attach(run: Run): ClaudeSession;
  /** What a run in this folder said last of its commands and models; undefined when none did since the daemon started. */
  catalog(cwd: string): Promise<Catalog | undefined>;
  /** Deletes what is left of a run whose end is in the log. */
  forget(runId: string): Promise<void>;
}
