// What a local slash command of the CLI printed for a terminal, as markdown that reads the same. Pure.

/** `/context` prints markdown already and is left alone; of other texts each line stays a line, and columns become one space. */
export function asMarkdown(printed: string): string {
  if (/^(#{1,6} |\|)/m.test(printed)) return printed;
  return printed
    .split('\n')
    .map((line) => escaped(line.trim().replace(/\s{2,}/g, ' ')))
    .join('\n')
    .replace(/(?<=[^\n])\n(?=[^\n])/g, '  \n');
}

/** A line that begins like a list, a quote or a heading is none. */
function escaped(line: string): string {
  return line.replace(/^(?=[-+*>#])/, '\\').replace(/^(\d+)(?=[.)])/, '$1\\');
}
