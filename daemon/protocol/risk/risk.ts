// What a request could do at worst, in a word or two that are judged from what it says it will do. Pure.
// Promises nothing: what is not known for sure is told as "runs a command", never as something milder.
import { textField } from '../fields.ts';
import { isOutside } from './outside.ts';
import { type Effect, effectsOf } from './shell-effects.ts';

export type Risk = Effect | 'uses';

export const riskWords: Readonly<Record<Risk, string>> = {
  deletes: 'Deletes',
  network: 'Network',
  outside: 'Outside the project',
  runs: 'Runs a command',
  uses: 'Uses a tool',
  writes: 'Writes in the project',
  reads: 'Reads',
};

/** From worst to mildest: the order in which they are told. */
const order: readonly Risk[] = ['deletes', 'network', 'outside', 'runs', 'uses', 'writes', 'reads'];

export interface Asked {
  readonly tool: string;
  readonly input: unknown;
  /** The project: the conversation's folder. */
  readonly cwd: string;
  readonly blockedPath: string | null;
}

/** At least one, the worst first. */
export function risksOf(asked: Asked): readonly Risk[] {
  const found = new Set<string>(judged(asked));
  if (asked.blockedPath && isOutside(asked.blockedPath, asked.cwd)) found.add('outside');
  if (found.has('deletes') || found.has('network')) found.delete('runs');
  if (['deletes', 'network', 'runs', 'writes'].some((risk) => found.has(risk))) found.delete('reads');
  if (found.has('outside')) found.delete('writes');
  return order.filter((risk) => found.has(risk));
}

function judged({ tool, input, cwd }: Asked): readonly Risk[] {
  const path = textField(input, 'file_path') || textField(input, 'notebook_path') || textField(input, 'path');
  const outside: Risk[] = path !== '' && isOutside(path, cwd) ? ['outside'] : [];
  switch (tool) {
    case 'Bash':
      return effectsOf(textField(input, 'command'), cwd);
    case 'PowerShell':
      return ['runs'];
    case 'Read':
    case 'Grep':
    case 'Glob':
    case 'LS':
    case 'NotebookRead':
      return [...outside, 'reads'];
    case 'Write':
    case 'Edit':
    case 'MultiEdit':
    case 'NotebookEdit':
      return [...outside, 'writes'];
    case 'WebFetch':
    case 'WebSearch':
      return ['network'];
    default:
      return [...outside, 'uses'];
  }
}
