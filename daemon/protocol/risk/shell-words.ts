// Reads a shell command as far as it takes to say what it may do: its simple commands, each with its words and the files
// that it writes to. Pure. It is no shell: what it does not understand comes out as words that nobody knows.

export interface SimpleCommand {
  /** Without quotes; the first is the program. */
  readonly words: readonly string[];
  /** Targets of `>` and `>>`. */
  readonly writesTo: readonly string[];
}

const spaces = /[ \t\r]/;
const separators = /[;&|\n()`]/;

export function simpleCommands(text: string): readonly SimpleCommand[] {
  const commands: SimpleCommand[] = [];
  let words: string[] = [];
  let writesTo: string[] = [];
  let word: string | undefined;
  let redirects = '';

  const endWord = () => {
    if (word !== undefined) {
      if (redirects === '') words.push(word);
      else if (redirects.startsWith('>')) writesTo.push(word);
      redirects = '';
    }
    word = undefined;
  };
  const endCommand = () => {
    endWord();
    redirects = '';
    if (words.length > 0 || writesTo.length > 0) commands.push({ words, writesTo });
    words = [];
    writesTo = [];
  };

  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? '';
    if (sign === '\\') {
      at += 1;
      if (text[at] !== '\n') word = (word ?? '') + (text[at] ?? '');
    } else if (sign === "'" || sign === '"') {
      const end = endOfQuote(text, at);
      const quoted = text.slice(at + 1, end);
      word = (word ?? '') + quoted;
      // What double quotes hold is run all the same.
      if (sign === '"') commands.push(...substitutions(quoted));
      at = end;
    } else if (sign === '$' && text[at + 1] === '{') {
      const end = text.indexOf('}', at);
      const last = end < 0 ? text.length : end + 1;
      word = (word ?? '') + text.slice(at, last);
      at = last - 1;
    } else if (sign === '#' && word === undefined) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end - 1;
    } else if (sign === '>' || sign === '<') {
      if (word !== undefined && /^\d+$/.test(word)) word = undefined;
      endWord();
      redirects = sign;
      if (text[at + 1] === '>' || text[at + 1] === '|') at += 1;
      // `2>&1` writes to no file.
      if (text[at + 1] === '&') {
        redirects = '&';
        at += 1;
      }
    } else if (spaces.test(sign)) endWord();
    else if (separators.test(sign)) endCommand();
    else word = (word ?? '') + sign;
  }
  endCommand();
  return commands;
}

function endOfQuote(text: string, start: number): number {
  const quote = text[start];
  for (let at = start + 1; at < text.length; at += 1) {
    if (quote === '"' && text[at] === '\\') at += 1;
    else if (text[at] === quote) return at;
  }
  return text.length;
}

function substitutions(quoted: string): SimpleCommand[] {
  return [...quoted.matchAll(/\$\(([^)]*)\)?|`([^`]*)`?/g)].flatMap(([, inside, ticks]) =>
    simpleCommands(inside ?? ticks ?? ''),
  );
}
