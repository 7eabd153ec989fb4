// Asks a person at the terminal, line by line. What is typed ahead is not lost; Ctrl+C and Ctrl+D end the dialogue.
import { createInterface } from 'node:readline';
import { NoAnswer, type Terminal } from '../ports/terminal.ts';

export function openTerminal(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): Terminal {
  const lines = createInterface({ input, output, terminal: true });
  const typed: string[] = [];
  let isOver = false;
  let told: () => void = () => undefined;
  lines.on('line', (line) => {
    typed.push(line.trim());
    told();
  });
  lines.on('SIGINT', () => lines.close());
  lines.on('close', () => {
    isOver = true;
    told();
  });

  return {
    async ask(question) {
      lines.setPrompt(question);
      lines.prompt();
      while (typed.length === 0 && !isOver) {
        await new Promise<void>((resolve) => {
          told = resolve;
        });
      }
      const answer = typed.shift();
      if (answer === undefined) {
        output.write('\n');
        throw new NoAnswer('Nobody answered.');
      }
      return answer;
    },
    close: () => lines.close(),
  };
}
