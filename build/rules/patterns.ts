// How the table names files: a folder (`daemon/http/`), a file (`daemon/ports.ts`) or an ending (`*.test.ts`).

export function fits(path: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => {
    if (pattern.startsWith('*')) return path.endsWith(pattern.slice(1));
    return pattern.endsWith('/') ? path.startsWith(pattern) : path === pattern;
  });
}

/** For a message: `daemon/http/, daemon/ports.ts or *.test.ts`. */
export function listed(patterns: readonly string[]): string {
  if (patterns.length < 2) return patterns[0] ?? 'nothing';
  return `${patterns.slice(0, -1).join(', ')} or ${patterns.at(-1)}`;
}
