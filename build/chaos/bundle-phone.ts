// Bundles the chaos phone for Node: the web app's own connection, store and outbox with a person around them.
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

/** Gives the program's path. Packages stay where they are, so the folder must lie inside the project. */
export async function bundlePhone(folder: string): Promise<string> {
  const program = join(folder, 'phone.mjs');
  await build({
    entryPoints: [resolve('build/chaos/phone.ts')],
    outfile: program,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    packages: 'external',
    legalComments: 'none',
    logLevel: 'warning',
  });
  return program;
}
