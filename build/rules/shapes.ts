// The shape of files: not too long, a name that says something, no barrels, nothing new at the top level.
import type { Architecture } from '../architecture.ts';
import type { SourceFile } from './source-file.ts';
import type { Violation } from './violation.ts';

export function shapeViolations(files: readonly SourceFile[], table: Architecture): Violation[] {
  return files.flatMap((file) => [...tooLong(file, table), ...vague(file, table), ...barrel(file)]);
}

export function topLevelViolations(names: readonly string[], { topLevel }: Architecture): Violation[] {
  const strange = names.filter((name) => !name.startsWith('.') && !topLevel.includes(name));
  const message = 'does not belong at the top level; find its folder';
  return strange.map((file) => ({ file, line: 1, rule: 'top-level', message }));
}

function tooLong({ path, lines }: SourceFile, { maxLines }: Architecture): Violation[] {
  if (lines <= maxLines) return [];
  const message = `${lines} lines, ${maxLines} at most; split it where the seam is`;
  return [{ file: path, line: maxLines + 1, rule: 'length', message }];
}

function vague({ path }: SourceFile, { vagueNames }: Architecture): Violation[] {
  const names = path.split('/').map((part) => part.split('.')[0] ?? '');
  const name = names.find((part) => vagueNames.includes(part));
  if (name === undefined) return [];
  return [
    { file: path, line: 1, rule: 'name', message: `"${name}" fits anything; name it for what it does` },
  ];
}

function barrel({ path, isBarrel }: SourceFile): Violation[] {
  if (!isBarrel) return [];
  const message = 'only re-exports; import from the files themselves';
  return [{ file: path, line: 1, rule: 'barrel', message }];
}
