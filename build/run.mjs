// Runs a TypeScript script on Node 20: `node build/run.mjs <file.ts> [arguments]`.
// Each file is stripped of its types by esbuild as it is imported, so import.meta.url, stack traces and node_modules
// are those of the source. For scripts of this repository only; the daemon is bundled (bundle.ts).
import { register } from 'node:module';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [script, ...rest] = process.argv.slice(2);
if (script === undefined) {
  console.error('usage: node build/run.mjs <file.ts> [arguments]');
  process.exit(2);
}
register('./typescript-loader.mjs', import.meta.url);
process.setSourceMapsEnabled(true);
process.argv = [process.argv[0] ?? 'node', resolve(script), ...rest];
await import(pathToFileURL(resolve(script)).href);
