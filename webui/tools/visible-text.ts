// Makes characters visible that would hide what a command or a path really is: those that reverse the order of what
// follows, take no room, or steer a terminal. Pure. For what a person decides about; not for Claude's prose.

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
const hidden =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** Each such character as its number in brackets: `[U+202E]`. */
export function visibleText(text: string): string {
  return text.replace(hidden, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  });
}
