// Whether a key press sends the message: Enter where there is a keyboard, a new line where there is only glass. Pure.

interface Press {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly isComposing: boolean;
  readonly keyCode: number;
}

export function sendsWith(press: Press, hasKeyboard: boolean): boolean {
  // Safari ends a composition before its Enter arrives, and marks that Enter only by the code 229.
  if (press.key !== 'Enter' || press.isComposing || press.keyCode === 229) return false;
  return press.ctrlKey || press.metaKey || (hasKeyboard && !press.shiftKey);
}
