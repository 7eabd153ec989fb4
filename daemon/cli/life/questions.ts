// Asking a person at the terminal until the answer makes sense.
import type { Terminal } from '../../ports/terminal.ts';

export type Judged<T> = { readonly value: T } | { readonly problem: string };

/** Says what is wrong with an answer, and asks again. Rejects with NoAnswer. */
export async function askUntil<T>(
  terminal: Terminal,
  question: string,
  judge: (answer: string) => Judged<T> | Promise<Judged<T>>,
): Promise<T> {
  let problem = '';
  for (;;) {
    const judged = await judge(await terminal.ask(`${problem}${question}`));
    if ('value' in judged) return judged.value;
    problem = `${judged.problem} `;
  }
}

export function isYes(answer: string): Judged<boolean> {
  if (/^(y|yes)$/i.test(answer)) return { value: true };
  return /^(n|no)$/i.test(answer) ? { value: false } : { problem: 'Please say y or n.' };
}
