// A request in one line of a menu or a notice, and whether one press there may allow it. Pure.
// One press is for what is harmless by the same tables as on the phone, and only where the line says all that would be done.
import { textField } from '../protocol/fields.ts';
import { risksOf } from '../protocol/risk/risk.ts';
import { visibleText } from '../protocol/visible-text.ts';
import type { WaitingRequest } from './waiting-requests.ts';

/** Letters of what is asked for; longer ones are cut, and then one press does not do. */
const lineLength = 60;
const harmless: ReadonlySet<string> = new Set(['reads', 'writes']);
/** Tools whose one field says all that they would do. A file's new content, say, does not fit in a line. */
const toldWhole: Readonly<Record<string, readonly [field: string, verb: string]>> = {
  Bash: ['command', 'run'],
  Read: ['file_path', 'read'],
  Glob: ['pattern', 'look for files'],
  Grep: ['pattern', 'search for'],
};

export interface LinedRequest {
  /** E.g. `Tidy up (shop): run npm test`. */
  readonly line: string;
  /** What is asked for alone, e.g. `npm test`; cut when it is long. */
  readonly what: string;
  readonly mayAllow: boolean;
  /** A question or a plan has no plain no. */
  readonly mayDeny: boolean;
}

export function inALine(request: WaitingRequest): LinedRequest {
  const { tool, input, cwd, title } = request;
  const place = `${title === '' ? 'New conversation' : short(title, 40)} (${short(lastPart(cwd), 24)})`;
  const asked = wordsOf(tool, input);
  const what = short(visibleText(asked.what).replace(/\s+/g, ' ').trim(), lineLength);
  const isWhole = what === asked.what && what !== '';
  const isHarmless = risksOf(request).every((risk) => harmless.has(risk));
  return {
    line: `${place}: ${asked.verb}${what === '' ? '' : ` ${what}`}`,
    what: what === '' ? asked.verb : what,
    mayAllow: isWhole && isHarmless && tool in toldWhole && isPlain(tool, input),
    mayDeny: tool !== 'AskUserQuestion' && tool !== 'ExitPlanMode',
  };
}

function wordsOf(tool: string, input: unknown): { verb: string; what: string } {
  const [field, verb] = toldWhole[tool] ?? [];
  if (field !== undefined && verb !== undefined) return { verb, what: textField(input, field) };
  const file = lastPart(textField(input, 'file_path') || textField(input, 'notebook_path'));
  switch (tool) {
    case 'Write':
      return { verb: 'write', what: file };
    case 'Edit':
    case 'MultiEdit':
    case 'NotebookEdit':
      return { verb: 'change', what: file };
    case 'WebFetch':
      return { verb: 'open', what: textField(input, 'url') };
    case 'WebSearch':
      return { verb: 'search the web for', what: textField(input, 'query') };
    case 'AskUserQuestion':
      return { verb: 'has a question for you', what: '' };
    case 'ExitPlanMode':
      return { verb: 'has a plan to look at', what: '' };
    default:
      return { verb: 'use', what: tool };
  }
}

/** Nothing beside the field that is shown steers it; a timeout and a description change nothing of what is done. */
function isPlain(tool: string, input: unknown): boolean {
  if (typeof input !== 'object' || input === null) return false;
  const [field] = toldWhole[tool] ?? [];
  const known = new Set([field, 'description', 'timeout', 'offset', 'limit']);
  return Object.keys(input).every((name) => known.has(name));
}

function short(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).trimEnd()}…`;
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1) || path;
}
