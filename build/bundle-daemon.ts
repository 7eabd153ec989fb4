// Bundles the daemon into dist/porchlight.js, with what is rarely needed in dist/chunks/ behind dynamic imports.
// systray2 stays a package of its own: it brings executables, which it finds beside its own source.
import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import { execFile } from 'node:child_process';
import { type BuildOptions, build } from 'esbuild';

export const daemonProgram = 'dist/porchlight.js';

// Bundled CommonJS packages call require(). The first line may stand in chunks too, where it means nothing.
const banner = `#!/usr/bin/env node
import { createRequire as createRequireForBundle } from 'node:module';
const require = createRequireForBundle(import.meta.url);`;

export const daemonOptions = {
  entryPoints: { porchlight: 'daemon/main.ts' },
  outdir: 'dist',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  external: ['systray2'],
  banner: { js: banner },
  legalComments: 'none',
  sourcemap: 'linked',
  metafile: true,
  logLevel: 'warning',
} satisfies BuildOptions;

export async function bundleDaemon(): Promise<void> {
  const define = { builtFrom: JSON.stringify(await commitHere()) };
  const { metafile } = await build({ ...daemonOptions, define });
  await chmod(daemonProgram, 0o755);
  await removeOldChunks(Object.keys(metafile.outputs));
}

/** Empty where this is no checkout, or there is no git. A `+` says that the files were changed since. */
function commitHere(): Promise<string> {
  const args = ['describe', '--always', '--dirty=+', '--abbrev=10', '--exclude=*'];
  return new Promise((resolve) => {
    execFile('git', args, (error, stdout) => resolve(error ? '' : stdout.trim()));
  });
}

/** Only after a build that went well: a daemon that runs may still load its chunks. */
async function removeOldChunks(outputs: readonly string[]): Promise<void> {
  await mkdir('dist/chunks', { recursive: true });
  const chunks = await readdir('dist/chunks');
  const old = chunks.map((name) => `dist/chunks/${name}`).filter((path) => !outputs.includes(path));
  await Promise.all(old.map((path) => rm(path)));
}
