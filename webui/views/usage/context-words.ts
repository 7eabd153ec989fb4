// How full the model's context is, as a share and as a warning. Pure.
import type { ConversationView } from '../../../daemon/protocol/view.ts';

type Context = ConversationView['context'];

/** 0 to 1, rounded to hundredths; null while it is not known how large the context is. */
export function contextShare(context: Context): number | null {
  if (!context || context.window === null || context.window <= 0) return null;
  return Math.min(1, Math.round((context.tokens / context.window) * 100) / 100);
}

export type Fullness = 'fine' | 'filling' | 'full';

/** From 80 % on it is time to make room; the CLI does it by itself a little before the end. */
export function fullness(share: number | null): Fullness {
  if (share === null || share < 0.8) return 'fine';
  return share < 0.95 ? 'filling' : 'full';
}
