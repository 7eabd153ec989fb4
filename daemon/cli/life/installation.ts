// How this program came onto the computer: what can bring another version of it depends on that. Only looks.
import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

export type Installation =
  /** The sources, or a link to them. */
  | { readonly kind: 'checkout'; readonly folder: string }
  /** By `npm install --global`; `modules` is the folder that npm put it in. */
  | { readonly kind: 'global'; readonly folder: string; readonly prefix: string; readonly modules: string }
  | { readonly kind: 'npx'; readonly folder: string }
  /** A package of some project. */
  | { readonly kind: 'local'; readonly folder: string; readonly project: string };

/** `program` is the real path of dist/porchlight.js. */
export function findInstallation(program: string): Installation {
  const folder = dirname(dirname(program));
  const modules = dirname(folder);
  const above = dirname(modules);
  if (basename(modules) !== 'node_modules' || existsSync(join(folder, '.git')))
    return { kind: 'checkout', folder };
  if (basename(dirname(above)) === '_npx') return { kind: 'npx', folder };
  if (basename(above) === 'lib') return { kind: 'global', folder, prefix: dirname(above), modules };
  return { kind: 'local', folder, project: above };
}
