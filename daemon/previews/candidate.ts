// What detection finds in a folder before it is offered: a command to run, or a folder to serve. No code but the words and the id.
import { createHash } from 'node:crypto';

interface Found {
  readonly name: string;
  readonly tool: string;
  /** Relative to the project; `.` for itself. */
  readonly inside: string;
  readonly source: string;
  readonly note: string;
}

/** `{port}` among the arguments stands for a free port that Porchlight chooses. */
export const portMark = '{port}';

export interface ServerCandidate extends Found {
  readonly kind: 'server';
  readonly argv: readonly [string, ...string[]];
  readonly env: Readonly<Record<string, string>>;
  /** What the command stands for in the project; empty when it speaks for itself. */
  readonly script: string;
}

export interface StaticCandidate extends Found {
  readonly kind: 'static';
}

export type Candidate = ServerCandidate | StaticCandidate;

/** The same only for what would run, or serve, exactly the same. */
export function offerIdOf(folder: string, candidate: Candidate): string {
  const { name, kind, inside } = candidate;
  const runs = kind === 'server' ? [candidate.argv, candidate.script, Object.entries(candidate.env)] : [];
  return createHash('sha256')
    .update(JSON.stringify([folder, name, kind, inside, ...runs]))
    .digest('hex');
}

/** As one would type it; empty for a static folder. */
export function commandWords(candidate: Candidate): string {
  if (candidate.kind === 'static') return '';
  const words = (word: string) => quoted(word.replaceAll(portMark, 'PORT'));
  const variables = Object.entries(candidate.env).map(([name, value]) => `${name}=${words(value)}`);
  return [...variables, ...candidate.argv.map(words)].join(' ');
}

function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
