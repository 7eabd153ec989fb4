// Reads a source file into what the rules ask about: its imports (types, re-exports and dynamic ones too) and its uses of
// globals, properties and names of modules. Knows nothing of the rules themselves.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { importsIn } from './imports.ts';
import type { SourceFile } from './source-file.ts';
import { usesIn } from './uses.ts';

export function readSourceFile(root: string, path: string): SourceFile {
  const text = readFileSync(join(root, path), 'utf8');
  const lines = text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
  if (path.endsWith('.css')) return { path, lines, imports: [], uses: [], isBarrel: false };
  const { program } = parseSync(path, text);
  const lineOf = lineCounter(text);
  const imports = importsIn(program, lineOf);
  const named = imports.flatMap(({ specifier, names, line }) =>
    names.map((name) => ({ use: `${specifier}#${name}`, line })),
  );
  return {
    path,
    lines,
    imports,
    uses: [...named, ...usesIn(program, lineOf)],
    isBarrel: program.body.length > 0 && program.body.every(isReExport),
  };
}

function isReExport(statement: { type: string; source?: unknown }): boolean {
  if (statement.type === 'ExportAllDeclaration') return true;
  return statement.type === 'ExportNamedDeclaration' && statement.source !== null;
}

function lineCounter(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    const after = starts.findIndex((start) => start > offset);
    return after === -1 ? starts.length : after;
  };
}
