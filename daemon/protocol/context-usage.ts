// What the model's context is filled with, by category, as the CLI counts it when it is asked.
import * as z from 'zod/mini';

const ContextCategory = z.object({
  name: z.string(),
  tokens: z.int(),
  /** `deferred` is not in the context yet; `buffer` is kept free for making room. */
  kind: z.enum(['used', 'deferred', 'buffer', 'free']),
});
export type ContextCategory = z.infer<typeof ContextCategory>;

export const ContextUsage = z.object({
  tokens: z.int(),
  window: z.int(),
  /** From so many tokens on the CLI makes room by itself; null when it does not. */
  compactsAt: z.nullable(z.int()),
  categories: z.array(ContextCategory),
});
export type ContextUsage = z.infer<typeof ContextUsage>;
