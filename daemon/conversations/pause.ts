// Lets others have their turn in the middle of long work. Takes no time of its own.

export function pause(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
