// Finds every import of a parsed file: static, type-only, re-exported, dynamic, and `import('...')` in a type.
import { type ModuleExportName, type Program, Visitor } from 'oxc-parser';
import type { Import } from './source-file.ts';

export function importsIn(program: Program, lineOf: (offset: number) => number): Import[] {
  const found: Import[] = [];
  const add = (at: number, specifier: string, names: readonly string[]) =>
    found.push({ specifier, line: lineOf(at), names });
  new Visitor({
    ImportDeclaration({ start, source, specifiers }) {
      const names = specifiers.map((specifier) => {
        if (specifier.type === 'ImportSpecifier') return nameOf(specifier.imported);
        return specifier.type === 'ImportDefaultSpecifier' ? 'default' : '*';
      });
      add(start, source.value, names);
    },
    ExportNamedDeclaration({ start, source, specifiers }) {
      if (source !== null)
        add(
          start,
          source.value,
          specifiers.map(({ local }) => nameOf(local)),
        );
    },
    ExportAllDeclaration({ start, source }) {
      add(start, source.value, ['*']);
    },
    ImportExpression({ start, source }) {
      if (source.type === 'Literal' && typeof source.value === 'string') add(start, source.value, ['*']);
    },
    TSImportType({ start, source }) {
      add(start, source.value, ['*']);
    },
  }).visit(program);
  return found;
}

function nameOf(name: ModuleExportName): string {
  return name.type === 'Literal' ? name.value : name.name;
}
