// The programs of a chaos run, in a folder of their own so that a build meanwhile does not change them under the run: the
// built daemon (or a copy with a planted fault) with the web app it serves, and the phone.
import { cp, mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { bundlePhone } from './bundle-phone.ts';
import { bundleMutant, type MutantName } from './mutants.ts';

export interface Programs {
  readonly daemon: string;
  readonly phone: string;
  remove(): Promise<void>;
}

/** `dist/` must be built. Inside it, so that packages are found. */
export async function preparePrograms(mutant: MutantName | undefined): Promise<Programs> {
  const folder = resolve(`dist/chaos-${process.pid}-${mutant ?? 'product'}`);
  await mkdir(folder, { recursive: true });
  const copy = (name: string) => cp(join('dist', name), join(folder, name), { recursive: true });
  await Promise.all(['web', 'assets'].map(copy));
  if (mutant === undefined) await Promise.all(['porchlight.js', 'chunks'].map(copy));
  else await bundleMutant(mutant, folder);
  return {
    daemon: join(folder, 'porchlight.js'),
    phone: await bundlePhone(folder),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
