// The addresses of a preview as this browser reaches it: the same name of the computer as the app's own, another port. Pure.

export function originOf(port: number, hostname: string): string {
  return `https://${hostname}:${port}`;
}

/** `entry` is the path with the ticket that the computer gave; the ticket goes along to `path`. */
export function entryAt(path: string, entry: string): string {
  const ticket = entry.slice(entry.indexOf('?') + 1);
  const [before = '/', ...fragment] = path.split('#');
  const mark = before.includes('?') ? '&' : '?';
  return `${before}${mark}${ticket}${fragment.length === 0 ? '' : `#${fragment.join('#')}`}`;
}

/** What somebody typed, as a path of the page's own origin. */
export function typedPath(typed: string, origin: string): string {
  const text = typed.trim();
  if (text.startsWith(`${origin}/`)) return text.slice(origin.length);
  return `/${text.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/^[/\\]+/, '')}`;
}
