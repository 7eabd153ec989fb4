// Where two pictures of the same thing part, in words: for a violation that somebody can act on. Pure.
import { canonical } from './read-log.ts';

/** Undefined when they are equal; fields that are undefined or missing are the same. */
export function difference(is: unknown, should: unknown, path = ''): string | undefined {
  if (canonical(is) === canonical(should)) return undefined;
  if (typeof is !== 'object' || typeof should !== 'object' || is === null || should === null)
    return `${path || 'it'} is ${words(is)} instead of ${words(should)}`;
  const [a, b] = [new Map(Object.entries(is)), new Map(Object.entries(should))];
  for (const key of new Set([...a.keys(), ...b.keys()])) {
    const found = difference(a.get(key), b.get(key), `${path}/${key}`);
    if (found !== undefined) return found;
  }
  return undefined;
}

function words(value: unknown): string {
  return (canonical(value) ?? 'nothing').slice(0, 200);
}
