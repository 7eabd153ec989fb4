// Layers: which file may import which. A type-only import counts: who knows a type depends on it.
import { posix } from 'node:path';
import type { Architecture, Layer } from '../architecture.ts';
import { fits, listed } from './patterns.ts';
import type { SourceFile } from './source-file.ts';
import type { Violation } from './violation.ts';

export function layerViolations(files: readonly SourceFile[], { layers }: Architecture): Violation[] {
  return files.flatMap((file) => {
    const layer = layers.find(({ files: patterns }) => fits(file.path, patterns));
    if (layer === undefined) return [withoutLayer(file)];
    return file.imports.flatMap(({ specifier, line }) => {
      const target = targetOf(file.path, specifier);
      if (target === undefined || isAllowed(layer, target, layers)) return [];
      const message = `may not import ${target}; ${nameOf(layer)} imports ${whatElse(layer)} - take the rest through a port or an argument`;
      return [{ file: file.path, line, rule: 'layer', message }];
    });
  });
}

/** The path from the root that a relative import means; undefined for a package. */
export function targetOf(path: string, specifier: string): string | undefined {
  if (!specifier.startsWith('.')) return undefined;
  return posix.normalize(posix.join(posix.dirname(path), specifier));
}

function isAllowed(layer: Layer, target: string, layers: readonly Layer[]): boolean {
  return layers.find(({ files }) => fits(target, files)) === layer || fits(target, layer.mayImport);
}

function nameOf({ files }: Layer): string {
  return files[0] ?? '';
}

function whatElse({ mayImport }: Layer): string {
  return mayImport.length === 0 ? 'only itself' : `only itself, ${listed(mayImport)}`;
}

function withoutLayer({ path }: SourceFile): Violation {
  return {
    file: path,
    line: 1,
    rule: 'layer',
    message: 'belongs to no layer; add it to build/architecture.ts',
  };
}
