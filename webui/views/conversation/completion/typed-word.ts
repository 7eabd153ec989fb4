// The word under the caret, when it is one that can be completed: a slash command at the very start of the message, or a file
// behind an `@`; and the text once something was chosen for it. Pure; the rules are those of Claude Code.

export interface TypedWord {
  readonly kind: 'command' | 'file';
  /** What is typed of it up to the caret, without its mark and quote. */
  readonly query: string;
  /** Where it stands in the text, its mark included. */
  readonly from: number;
  readonly to: number;
}

export function typedWord(text: string, caret: number): TypedWord | undefined {
  const before = text.slice(0, caret);
  const behind = text.slice(caret);
  // A slash inside makes it a path, and a space before it plain words.
  const command = /^\/([^\s/]*)$/.exec(before)?.[1];
  if (command !== undefined) {
    return { kind: 'command', query: command, from: 0, to: caret + lengthOf(/^\S*/, behind) };
  }
  const file = /(?:^|\s)(@(?:"(?<quoted>[^"\n]*)|(?<bare>[^\s"]*)))$/.exec(before);
  if (!file?.[1]) return undefined;
  const { quoted, bare } = file.groups ?? {};
  const from = caret - file[1].length;
  if (quoted !== undefined) {
    return { kind: 'file', query: quoted, from, to: caret + lengthOf(/^[^"\n]*"/, behind) };
  }
  return { kind: 'file', query: bare ?? '', from, to: caret + lengthOf(/^[^\s"]*/, behind) };
}

export interface Edited {
  readonly text: string;
  readonly caret: number;
}

/** `value` is a command's name or a file's path; a folder's ends in `/` and is left open for what is inside. */
export function withChosen(text: string, word: TypedWord, value: string): Edited {
  const isFolder = word.kind === 'file' && value.endsWith('/');
  const needsQuotes = word.kind === 'file' && /\s/.test(value);
  const quote = needsQuotes ? '"' : '';
  const mark = word.kind === 'command' ? '/' : '@';
  const rest = text.slice(word.to);
  const start = `${text.slice(0, word.from)}${mark}${quote}${value}`;
  if (isFolder) return { text: `${start}${quote}${rest}`, caret: start.length };
  const space = /^\s/.test(rest) ? '' : ' ';
  return { text: `${start}${quote}${space}${rest}`, caret: start.length + quote.length + 1 };
}

function lengthOf(pattern: RegExp, text: string): number {
  return pattern.exec(text)?.[0].length ?? 0;
}
