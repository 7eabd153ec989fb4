// The way in from the internet, for as long as somebody at the computer has it open: a tunnel through a program that is installed
// there.
import * as z from 'zod/mini';

export const Via = z.enum(['ngrok', 'cloudflared']);
export type Via = z.infer<typeof Via>;

export const Remote = z.object({
  via: Via,
  /** The origin under which everybody on the internet reaches the computer. */
  url: z.string(),
});
export type Remote = z.infer<typeof Remote>;

/** The one sentence that must not be made to sound smaller. */
export const remoteWords = 'Porchlight can be reached from the internet.';
