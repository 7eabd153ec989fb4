// How much of a long message is shown before anyone asks for the rest. Pure.

const longest = { characters: 1200, lines: 24 };
/** A rest as short as this is shown: a button would take as much room. */
const worth = 400;

/** The message itself when it is not long; else its first lines, cut between two where that leaves enough. */
export function beginningOf(text: string): string {
  const lines = text.split('\n', longest.lines).join('\n');
  const cut = lines.slice(0, longest.characters);
  if (text.length - cut.length < worth && text.split('\n').length < longest.lines + 8) return text;
  if (cut.length === lines.length) return cut;
  const between = Math.max(cut.lastIndexOf('\n'), cut.lastIndexOf(' '));
  return cut.slice(0, between > longest.characters / 2 ? between : undefined).trimEnd();
}
