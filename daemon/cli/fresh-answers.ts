// Asks a person at the terminal for what lets somebody in: what was typed before the question was there is no answer to it.
import type { Terminal } from '../ports/terminal.ts';

export interface FreshAnswers {
  /** The first line that comes after the question. Rejects with NoAnswer. */
  ask(question: string): Promise<string>;
  /** Rejects with NoAnswer when nobody can answer any more: Ctrl+C, or `close`. */
  readonly ended: Promise<never>;
  /** The terminal is the shell's again; what is asked then has no answer. */
  close(): void;
}

export function freshAnswers(terminal: Terminal, print: (line: string) => void): FreshAnswers {
  let answered: ((line: string) => void) | undefined;
  const ended = read();
  // Whoever asks is told.
  ended.catch(() => undefined);

  async function read(): Promise<never> {
    for (;;) {
      const line = await terminal.ask('');
      answered?.(line);
      answered = undefined;
    }
  }

  return {
    ask(question) {
      print(question);
      const answer = new Promise<string>((resolve) => {
        answered = resolve;
      });
      return Promise.race([answer, ended]);
    },
    ended,
    close: () => terminal.close(),
  };
}
