// Text that others have written, on its way to a terminal: what would move the cursor or change the window's title shows as a sign.
// Our own colours stay. Pure.

export function forTerminal(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  return text.replace(/\u001b(?!\[\d+m)|[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f]/g, '�');
}
