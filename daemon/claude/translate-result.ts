// The part of translation for the end of a turn: what came of it, what it cost, how full the context is now. Pure.
import type { ConversationDraft } from '../protocol/events.ts';
import type { Result, Usage } from './cli-lines.ts';
import { noBlocks } from './translate-blocks.ts';
import type { TranslateState, Translation } from './translation.ts';

/** `subtype: "success"` does not mean success; `is_error` decides. */
export function translateResult(state: TranslateState, line: Result): Translation {
  if (state.turnId === null && isLost(line)) return { state, events: [{ type: 'session.lost' }] };
  const stopped = line.terminal_reason?.startsWith('aborted') ?? false;
  const outcome = stopped ? 'stopped' : line.is_error ? 'failed' : 'completed';
  const { failure } = state;
  const window = windowOf(line) ?? state.context?.window ?? null;
  const context = state.context && { ...state.context, window };
  const events: ConversationDraft[] = [];
  if (outcome !== 'failed' && failure) events.push(...failure.words);
  if (context && window !== state.context?.window) events.push({ type: 'context.measured', ...context });
  events.push({
    type: 'turn.finished',
    turnId: state.turnId ?? line.uuid ?? `turn-${state.turns}`,
    outcome,
    error: outcome === 'failed' ? line.result || line.errors?.map(String).join('\n') || line.subtype : null,
    durationMs: line.duration_ms ?? 0,
    costUsd: costOf(line, state.costUsd),
    inputTokens: line.usage?.input_tokens ?? 0,
    outputTokens: line.usage?.output_tokens ?? 0,
    cacheReadTokens: line.usage?.cache_read_input_tokens ?? 0,
    cacheWriteTokens: line.usage?.cache_creation_input_tokens ?? 0,
    ...(outcome === 'failed' && failure ? { cause: failure.cause } : {}),
    ...(line.origin ? { origin: line.origin.kind } : {}),
    ...(state.anchor === null ? {} : { anchor: state.anchor }),
  });
  const costUsd = line.total_cost_usd ?? state.costUsd;
  const next = { turnId: null, taken: [], blocks: noBlocks, anchor: null, failure: null, costUsd, context };
  return { state: { ...state, ...next }, events };
}

/** What `--resume` comes to when there is nothing to resume, or not the place in it. */
function isLost({ subtype, errors }: Result): boolean {
  return (
    subtype === 'error_during_execution' &&
    (errors ?? []).some((error) =>
      /^No (conversation found|message found with message\.uuid)/.test(String(error)),
    )
  );
}

/**
 * Newer versions say what the turn cost. Older ones (2.1.197) only give the total of the run, which begins at 0 even when the
 * session is an old one; then a turn is a difference.
 */
function costOf(line: Result, before: number): number {
  const ofTurn = line.model_usage_since_last_result;
  if (ofTurn) return Object.values(ofTurn).reduce((sum, usage) => sum + (usage.costUSD ?? 0), 0);
  const total = line.total_cost_usd ?? before;
  return total >= before ? total - before : total;
}

/** What a request took of the context: all that went in, and what came out stays in for the next. */
export function contextOf(usage: Usage | null | undefined): number {
  if (!usage) return 0;
  return (
    (usage.input_tokens ?? 0) +
    (usage.cache_read_input_tokens ?? 0) +
    (usage.cache_creation_input_tokens ?? 0) +
    (usage.output_tokens ?? 0)
  );
}

/** Helpers run on other models with smaller windows; the conversation's own is the largest. */
function windowOf(line: Result): number | undefined {
  const windows = Object.values(line.modelUsage ?? {}).flatMap((usage) => usage.contextWindow ?? []);
  return windows.length > 0 ? Math.max(...windows) : undefined;
}
