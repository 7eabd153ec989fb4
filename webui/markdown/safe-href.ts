// Which addresses in Claude's text may become links: http, https and mailto, whole ones only.
// Asks the browser's own URL parser, so that what is judged is what would be opened.
import { decodeEntities } from './entities.ts';

const allowed: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);

/** The normalised address; null for every other scheme, and for addresses without one. */
export function safeHref(href: string): string | null {
  if (!URL.canParse(href)) return null;
  const url = new URL(href);
  return allowed.has(url.protocol) ? url.href : null;
}

/** The same for an address written in Markdown, where character references stand for characters. */
export function safeWrittenHref(href: string): string | null {
  return safeHref(decodeEntities(href));
}
