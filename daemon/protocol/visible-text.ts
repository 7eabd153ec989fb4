// Makes characters visible that would hide what a command or a path really is: those that reverse the order of what
// follows, take no room, or steer a terminal. Pure. For what a person decides about; not for Claude's prose.

const hidden = /(?![\n\t])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Each such character as its number in brackets: `[U+202E]`. */
export function visibleText(text: string): string {
  return text.replace(hidden, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  });
}
