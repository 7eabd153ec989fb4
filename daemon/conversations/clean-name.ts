// A file's name as a person may see it and Claude may read it: one line, no path, nothing invisible. Pure.

const maxBytes = 255;

/**
 * Compatibility forms first, for `／` becomes `/` by them. Control and direction characters go, whatever separates folders
 * becomes a dash, and what is too long is cut in front of its ending.
 */
export function cleanName(name: string): string {
  const line = name
    .normalize('NFKC')
    .replace(/\p{White_Space}+/gu, ' ')
    .replace(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}]/gu, '')
    .replace(/[/\\:]/g, '-')
    .trim();
  if (/^\.*$/.test(line)) return 'file';
  return cut(line);
}

function cut(name: string): string {
  if (byteLength(name) <= maxBytes) return name;
  const ending = /\.[\w-]{1,16}$/.exec(name)?.[0] ?? '';
  let room = maxBytes - byteLength(ending);
  let kept = '';
  for (const letter of name.slice(0, name.length - ending.length)) {
    room -= byteLength(letter);
    if (room < 0) break;
    kept += letter;
  }
  return kept + ending;
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
