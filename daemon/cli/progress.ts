// Shows a person at a terminal that something is under way, when it takes more than a moment. Scripts see nothing of it.
import type { Environment } from './environment.ts';

/** What is over before is not worth a word, ms. */
const moment = 700;
const pace = 100;
const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const clearLine = '\r\u001b[2K';

/** Gives what `work` gives. `words` say what is being done: “Starting”. */
export async function withProgress<T>(
  { isTerminal, draw }: Pick<Environment, 'isTerminal' | 'draw'>,
  words: string,
  work: Promise<T>,
): Promise<T> {
  if (!isTerminal) return work;
  let shown = 0;
  const show = () => draw(`${clearLine}${frames[shown++ % frames.length]} ${words} …`);
  let timer = setTimeout(() => {
    show();
    timer = setInterval(show, pace);
  }, moment);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
    clearInterval(timer);
    if (shown > 0) draw(clearLine);
  }
}
