// What waits for its turn, as data: when it stands above the composer, and in which order after a move. Pure.
import type { ConversationView } from '../../../daemon/protocol/view.ts';

/** A waiting message that is open on this screen; `text` while it is being edited. */
export interface OpenRow {
  readonly key: string;
  readonly text?: string;
}

/** A message that Claude gets at once stays in the transcript: it would only flash by above the composer. */
export function waitsAboveComposer(
  view: Pick<ConversationView, 'turn' | 'unanswered' | 'queue' | 'isAwaitingRun'>,
): boolean {
  return view.turn !== null || view.unanswered.length > 0 || hasMore(view.queue) || view.isAwaitingRun;
}

function hasMore(queue: ConversationView['queue']): boolean {
  return queue.length > 1 || queue.some((message) => message.held);
}

/** The keys with this one moved by so many places; undefined when it is not there or already at that end. */
export function moved(keys: readonly string[], key: string, by: -1 | 1): readonly string[] | undefined {
  const from = keys.indexOf(key);
  const to = from + by;
  if (from < 0 || to < 0 || to >= keys.length) return undefined;
  return keys.toSpliced(from, 1).toSpliced(to, 0, key);
}
