// Import cycles. Types count too: two files that need each other's types are one file, or lack a third.
import { targetOf } from './layers.ts';
import type { SourceFile } from './source-file.ts';
import type { Violation } from './violation.ts';

interface Step {
  readonly from: string;
  readonly line: number;
}

export function cycleViolations(files: readonly SourceFile[]): Violation[] {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const found: Violation[] = [];
  for (const { path } of files) visit(path, []);
  return found;

  function visit(path: string, trail: readonly Step[]): void {
    const start = trail.findIndex(({ from }) => from === path);
    if (start !== -1) {
      found.push(cycle(trail.slice(start)));
      return;
    }
    const file = byPath.get(path);
    if (file === undefined || done.has(path)) return;
    for (const { specifier, line } of file.imports) {
      const target = targetOf(path, specifier);
      if (target !== undefined) visit(target, [...trail, { from: path, line }]);
    }
    done.add(path);
  }
}

function cycle(steps: readonly Step[]): Violation {
  const [first] = steps;
  const way = [...steps.map(({ from }) => from), first?.from].join(' -> ');
  const message = `${way}; move what both need into a file of its own`;
  return { file: first?.from ?? '', line: first?.line ?? 1, rule: 'cycle', message };
}
