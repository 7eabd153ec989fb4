// How the demo speaks: at a reading pace, and politely when a person says no or a tool fails.
// It must not know any script; those are in the files beside it.
import type { Step, Turn } from '../pick.ts';
import { type Part, type Reply, text } from '../replies.ts';
import { type Outcome, outcomeOf } from './turn.ts';

export const say = (words: string): Part => text(words, { chunk: 4, everyMs: 25 });
export const recite = (words: string): Part => text(words, { chunk: 9, everyMs: 20 });
/** Output in a code fence, the first dozen lines of it. */
export const fence = (output: string): string => {
  const lines = output.trim().split('\n');
  const shown = lines.length > 12 ? [...lines.slice(0, 12), `… and ${lines.length - 12} more lines`] : lines;
  return `\n\n\`\`\`text\n${shown.join('\n')}\n\`\`\`\n\n`;
};

/** Goes on after a tool: what to say when it worked; a refusal and a failure are answered the same everywhere. */
export const afterTool =
  (onDone: (turn: Turn, output: string) => Reply): Step =>
  (turn) => {
    const outcome = outcomeOf(turn);
    return outcome.kind === 'done' ? onDone(turn, outcome.output) : [say(regret(outcome))];
  };

function regret(outcome: Exclude<Outcome, { kind: 'done' }>): string {
  if (outcome.kind === 'failed') return `That did not work. This is what came back:${fence(outcome.output)}`;
  const quoted = outcome.because
    .split('\n')
    .map((line) => `> ${line}`)
    .join('\n');
  return `Understood, I will leave it. Nothing was changed. This is what reached me:\n\n${quoted}\n\nAsk again whenever you like.`;
}
