// Bundles the daemon into dist/porchlight.js, with what is rarely needed in dist/chunks/ behind dynamic imports.
// systray2 stays a package of its own: it brings executables, which it finds beside its own source.
import { chmod, rm } from 'node:fs/promises';
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
  logLevel: 'warning',
} satisfies BuildOptions;

export async function bundleDaemon(): Promise<void> {
  await rm('dist/chunks', { recursive: true, force: true });
  await build(daemonOptions);
  await chmod(daemonProgram, 0o755);
}
