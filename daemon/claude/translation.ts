// What translation carries from line to line, and what one line comes to. Types, the beginning, and the empty answer.
import type { Picture } from '../ports/uploads.ts';
import type { ConversationDraft } from '../protocol/events.ts';
import { noBlocks, type OpenBlocks } from './translate-blocks.ts';

export interface TranslateState {
  readonly blocks: OpenBlocks;
  readonly turnId: string | null;
  /** What the CLI last said of itself, as one text to compare. */
  readonly announced: string;
  readonly sessionId: string;
  readonly mode: string;
  /** The run's total in USD at the end of the last turn. */
  readonly costUsd: number;
  readonly turns: number;
  /** Messages of this turn that the CLI has confirmed: it does so twice, and once is enough for the log. */
  readonly taken: readonly string[];
  /** The CLI's id of the last thing it said at top level; null before it said anything in this turn. */
  readonly anchor: string | null;
  /** Lines that a compaction left as they were: the CLI may print them once more, and the log has them already. */
  readonly preserved: readonly string[];
  /** Tokens of context that the last request took, and of how many; null until known. */
  readonly context: { readonly tokens: number; readonly window: number | null } | null;
  /** The CLI's own words about a failed request; they go into the turn's end, or stand as text if it ends well. */
  readonly failure: { readonly cause: string; readonly words: readonly ConversationDraft[] } | null;
}

export interface Translation {
  readonly state: TranslateState;
  readonly events: readonly ConversationDraft[];
  /** What `images` of the events stand for: handed out, for the log has no place for it. */
  readonly pictures?: readonly Picture[];
}

export function startTranslation(): TranslateState {
  return {
    ...{ blocks: noBlocks, turnId: null, announced: '', sessionId: '', mode: '' },
    ...{ costUsd: 0, turns: 0, taken: [], preserved: [] },
    ...{ anchor: null, context: null, failure: null },
  };
}

export function quiet(state: TranslateState): Translation {
  return { state, events: [] };
}
