// What is offered for a typed word, as rows: commands and skills by name, files by path. Pure.
import type { CatalogCommand } from '../../../../daemon/protocol/catalog.ts';

export interface Suggestion {
  /** What is put into the message; a folder's ends in `/`. */
  readonly value: string;
  readonly name: string;
  /** What may follow, e.g. `<name>`. */
  readonly hint: string;
  readonly means: string;
}

/** Rows that a phone can scroll through without losing the way. */
const most = 40;

/** The CLI's own words on these are for those who know it; everybody should know what becomes of the conversation. */
const plainWords: Readonly<Record<string, Pick<Suggestion, 'hint' | 'means'>>> = {
  clear: { hint: '', means: 'Claude forgets; you still see it' },
  compact: { hint: '', means: 'Sums all up, to make room' },
  context: { hint: '', means: 'Shows what fills Claude’s memory' },
  usage: { hint: '', means: 'Shows what this has cost so far' },
  init: { hint: '', means: 'Writes a CLAUDE.md about this project' },
};

/** Those whose name begins so first, then an alias, then a part of the name, or else a word of the description. */
export function commandSuggestions(
  commands: readonly CatalogCommand[],
  query: string,
): readonly Suggestion[] {
  const typed = query.toLowerCase();
  const ranked = commands.map((command) => ({ command, rank: rankOf(command, typed) }));
  // What is only told of in a description is of use when no name fits.
  const worst = ranked.some(({ rank }) => rank < byDescription) ? byDescription : never;
  return ranked
    .filter(({ rank }) => rank < worst)
    .toSorted((a, b) => a.rank - b.rank)
    .slice(0, most)
    .map(({ command: { name, argumentHint, description } }) => ({
      value: name,
      name: `/${name}`,
      ...(plainWords[name] ?? { hint: argumentHint, means: firstLine(description) }),
    }));
}

const byDescription = 4;
const never = 5;

function rankOf({ name, aliases, description }: CatalogCommand, typed: string): number {
  const called = name.toLowerCase();
  if (called === typed) return 0;
  if (called.startsWith(typed)) return 1;
  if (aliases.some((alias) => alias.toLowerCase().startsWith(typed))) return 2;
  if (called.includes(typed)) return 3;
  return typed.length > 2 && description.toLowerCase().includes(typed) ? byDescription : never;
}

/** What was found for an earlier query is offered only as far as its letters are those of this one, in order. */
export function fileSuggestions(
  found: { readonly query: string; readonly files: readonly { readonly path: string }[] },
  query: string,
): readonly Suggestion[] {
  const isCurrent = found.query === query;
  const fitting = found.files.filter(({ path }) => isCurrent || hasLetters(path, query));
  return fitting.map(({ path }) => {
    const cut = path.lastIndexOf('/', path.length - 2) + 1;
    return { value: path, name: path.slice(cut), hint: '', means: path.slice(0, cut) };
  });
}

function hasLetters(path: string, query: string): boolean {
  let at = 0;
  const letters = path.toLowerCase();
  return [...query.toLowerCase()].every((letter) => {
    at = letters.indexOf(letter, at) + 1;
    return at > 0;
  });
}

/** The first word of a message that looks like a command and is none; undefined when all is well. */
export function unknownCommand(text: string, commands: readonly CatalogCommand[]): string | undefined {
  const name = /^\/([^\s/]+)(?=\s|$)/.exec(text)?.[1];
  if (name === undefined) return undefined;
  const isKnown = commands.some((command) => command.name === name || command.aliases.includes(name));
  const mayBecomeOne = text.length === name.length + 1 && commandSuggestions(commands, name).length > 0;
  return isKnown || mayBecomeOne ? undefined : name;
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
