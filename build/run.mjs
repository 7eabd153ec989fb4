// Runs a TypeScript script on Node 20: `node build/run.mjs <file.ts> [arguments]`.
// Each file is stripped of its types by esbuild as it is imported, so import.meta.url, stack traces and node_modules
// are those of the source. The script runs in the root of the repository. The daemon is not run so: it is bundled.
import { register } from 'node:module';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const [script, ...rest] = process.argv.slice(2);
if (script === undefined) {
  console.error('usage: node build/run.mjs <file.ts> [arguments]');
  process.exit(2);
}
register('./typescript-loader.mjs', import.meta.url);
process.setSourceMapsEnabled(true);
const file = resolve(script);
process.argv = [process.execPath, file, ...rest];
process.chdir(fileURLToPath(new URL('..', import.meta.url)));
await import(pathToFileURL(file).href);
