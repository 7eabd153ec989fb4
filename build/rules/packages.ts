// Packages: each npm package lives behind the files that the table names; some Node modules do too.
import type { Architecture } from '../architecture.ts';
import { fits, listed } from './patterns.ts';
import type { Import, SourceFile } from './source-file.ts';
import type { Violation } from './violation.ts';

export function packageViolations(files: readonly SourceFile[], table: Architecture): Violation[] {
  return files.flatMap((file) =>
    file.imports.flatMap((imported) => {
      if (imported.specifier.startsWith('.')) return [];
      const check = imported.specifier.startsWith('node:') ? nodeProblem : packageProblem;
      const message = check(file.path, imported, table);
      return message === undefined
        ? []
        : [{ file: file.path, line: imported.line, rule: 'package', message }];
    }),
  );
}

function packageProblem(path: string, { specifier }: Import, table: Architecture): string | undefined {
  const name = Object.keys(table.packages).find(
    (key) => specifier === key || specifier.startsWith(`${key}/`),
  );
  const home = table.packages[name ?? ''];
  if (home === undefined)
    return `${specifier} is not in build/architecture.ts; say there which file it lives behind`;
  if (fits(path, home) || fits(path, table.tests)) return undefined;
  return `${specifier} lives behind ${listed(home)}; use what is exported there`;
}

function nodeProblem(path: string, { specifier }: Import, table: Architecture): string | undefined {
  if (fits(path, table.withoutNode) && !fits(path, table.tests)) {
    return `${specifier} does not exist in a browser, where this file runs too`;
  }
  const home = table.nodeModules[specifier];
  if (home === undefined || fits(path, home)) return undefined;
  return home.length === 0
    ? `${specifier} is not to be imported; use the global or a port`
    : `${specifier} lives behind ${listed(home)}; use a port`;
}
