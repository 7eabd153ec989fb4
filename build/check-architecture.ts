// Holds the source files against the table of architecture.ts. Reads files only; check.ts prints what is found.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Architecture } from './architecture.ts';
import { cycleViolations } from './rules/cycles.ts';
import { useViolations } from './rules/forbidden.ts';
import { layerViolations } from './rules/layers.ts';
import { packageViolations } from './rules/packages.ts';
import { shapeViolations, topLevelViolations } from './rules/shapes.ts';
import { readSourceFile } from './rules/read-source.ts';
import { sentence } from './rules/violation.ts';

const endings = /\.(ts|tsx|mjs|css)$/;
const generated = ['results', 'transcripts', 'node_modules'];

/** One sentence per violation, ordered by file and line; none if all is well. */
export function checkArchitecture(root: string, table: Architecture): string[] {
  const files = table.sources
    .flatMap((folder) => filesUnder(root, folder))
    .map((path) => readSourceFile(root, path));
  const violations = [
    ...topLevelViolations(readdirSync(root), table),
    ...layerViolations(files, table),
    ...cycleViolations(files),
    ...packageViolations(files, table),
    ...useViolations(files, table),
    ...shapeViolations(files, table),
  ];
  violations.sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1));
  return violations.map(sentence);
}

function filesUnder(root: string, folder: string): string[] {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return generated.includes(entry.name) ? [] : filesUnder(root, path);
    return endings.test(entry.name) ? [path] : [];
  });
}
