// What every rule returns, and how it is told: file and line first, so that editors and terminals can jump there.

export interface Violation {
  readonly file: string;
  readonly line: number;
  readonly rule: string;
  /** What is wrong and what to do instead. */
  readonly message: string;
}

export function sentence({ file, line, rule, message }: Violation): string {
  return `${file}:${line} ${rule}: ${message}`;
}
