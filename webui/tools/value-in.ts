// Many tools answer in JSON as text: gives the value in it, so that it can be shown as something to read. Pure.

/** An object or a list; undefined when the text is anything else. */
export function valueIn(text: string): object | undefined {
  const trimmed = text.trim();
  if (!/^[{[]/.test(trimmed)) return undefined;
  try {
    const value: unknown = JSON.parse(trimmed);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch (error) {
    // Text that only begins like JSON.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
