// A person at the terminal, as the command line needs them. No code but the one error.

/** Ctrl+C, Ctrl+D, or the terminal is gone. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** A dialogue with a person. */
export interface Terminal {
  /** The next line, without spaces around it. Rejects with NoAnswer. */
  ask(question: string): Promise<string>;
  /** After it, the terminal is the shell's again. */
  close(): void;
}
