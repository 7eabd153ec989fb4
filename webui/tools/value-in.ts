// Many tools answer in JSON as text: gives the value in it, so that it can be shown as something to read. Pure.

/** An object or a list; undefined when the text is anything else. */
export function valueIn(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch (error) {
    // Words, or text that only begins like JSON.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
