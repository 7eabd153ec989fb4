// What a demo step can find out about its turn: did the person say no, did a tool fail, what came back.
// Pure readings of the request; the answers themselves are in the files beside it.
import { asRecord, toolResultsOf } from '../messages.ts';
import type { Turn } from '../pick.ts';

/** How the tools of the step before ended. A refusal carries what the person wrote along with it. */
export type Outcome =
  | { readonly kind: 'done'; readonly output: string }
  | { readonly kind: 'refused'; readonly because: string }
  | { readonly kind: 'failed'; readonly output: string };

/**
 * A refusal and a failure both come as an error. The CLI marks its own failures (`<tool_use_error>`, `Exit code 1`);
 * any other error is what the person said (measured with 2.1.329).
 */
export function outcomeOf({ toolResults }: Turn): Outcome {
  const output = toolResults.map((result) => result.text).join('\n');
  const error = toolResults.find((result) => result.isError)?.text;
  if (error === undefined) return { kind: 'done', output };
  const failure =
    /^<tool_use_error>([\s\S]*?)(?:<\/tool_use_error>|$)|^(?:Error: )?(Exit code \d[\s\S]*)/.exec(error);
  if (failure === null) return { kind: 'refused', because: error.trim() };
  return { kind: 'failed', output: (failure[1] ?? failure[2] ?? '').trim() };
}

/** The lines of a file as the Read tool gives them, without its line numbers. */
export const linesRead = (output: string): string =>
  output
    .split('\n')
    .map((line) => line.replace(/^\s*\d+[\t→]/, ''))
    .join('\n');

/** Ids of the `count` tasks made last. */
export const newestTaskIds = ({ body }: Turn, count: number): string[] => {
  const made = body.messages
    .flatMap(toolResultsOf)
    .flatMap((result) => [...result.text.matchAll(/^Task #(\d+) created/gm)].map(([, id = '']) => id));
  return made.slice(-count);
};

/** What the newest tool call was given. */
export const newestToolInput = ({ body }: Turn): Readonly<Record<string, unknown>> =>
  asRecord(
    body.messages.flatMap(({ blocks }) => blocks.filter(({ type }) => type === 'tool_use')).at(-1)?.['input'],
  );

/** Question and answer of each `AskUserQuestion` that was answered. */
export const answersIn = (output: string): { readonly question: string; readonly answer: string }[] =>
  [...output.matchAll(/"([^"]+)"="([^"]*)"/g)].map(([, question = '', answer = '']) => ({
    question,
    answer,
  }));
