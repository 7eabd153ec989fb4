// What the doctor says of the computer: one line for each thing that Porchlight needs there, with what mends it.
import * as z from 'zod/mini';

/** `warning`: it works, but not for everybody or not for long. `bad`: something does not work. */
export const Check = z.object({
  /** What was looked at, in a word or two, e.g. `Firewall`. */
  name: z.string(),
  state: z.enum(['ok', 'warning', 'bad']),
  sentence: z.string(),
  /** What to do; a command stands behind `run: `, to the end. Empty when there is nothing to do. */
  fix: z.string(),
});
export type Check = z.infer<typeof Check>;

/** The words of a fix, and the command at its end, empty when there is none. Pure. */
export function partsOfFix(fix: string): { readonly words: string; readonly command: string } {
  const [, words = fix, command = ''] = /^(.*?\brun:) (.+)$/is.exec(fix) ?? [];
  return { words, command };
}
