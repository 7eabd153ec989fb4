// Reads the CLI's answer to `get_context_usage`. Pure. 2.1.197 names its categories only, 2.1.329 also says of what kind each is.
import * as z from 'zod/mini';
import type { ContextCategory, ContextUsage } from '../protocol/context-usage.ts';
import { AppError } from '../protocol/errors.ts';

const Answer = z.looseObject({
  categories: z.array(
    z.looseObject({
      name: z.string(),
      tokens: z.number(),
      kind: z.optional(z.string()),
      isDeferred: z.optional(z.boolean()),
    }),
  ),
  totalTokens: z.number(),
  maxTokens: z.number(),
  autoCompactThreshold: z.nullish(z.number()),
  isAutoCompactEnabled: z.optional(z.boolean()),
});

/** Throws AppError `claude_unavailable` when the answer is of another shape than is known. */
export function parseContextUsage(answer: unknown): ContextUsage {
  const parsed = Answer.safeParse(answer);
  if (!parsed.success)
    throw new AppError(
      'claude_unavailable',
      'This version of Claude Code does not say how full its context is.',
    );
  const { categories, totalTokens, maxTokens, autoCompactThreshold, isAutoCompactEnabled } = parsed.data;
  return {
    tokens: Math.round(totalTokens),
    window: Math.round(maxTokens),
    compactsAt: isAutoCompactEnabled === false ? null : (autoCompactThreshold ?? null),
    categories: categories.map(({ name, tokens, kind, isDeferred }) => ({
      name,
      tokens: Math.round(tokens),
      kind: kindOf({ name, kind, isDeferred }),
    })),
  };
}

function kindOf(of: {
  name: string;
  kind: string | undefined;
  isDeferred: boolean | undefined;
}): ContextCategory['kind'] {
  const { name, kind, isDeferred } = of;
  if (kind === 'used' || kind === 'deferred' || kind === 'buffer' || kind === 'free') return kind;
  if (isDeferred) return 'deferred';
  if (/^free/i.test(name)) return 'free';
  return /buffer$/i.test(name) ? 'buffer' : 'used';
}
