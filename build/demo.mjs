// `npm run demo`: installs and builds what is missing, then starts the demo. Plain JavaScript with built-ins only.
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
await prepare(root);
process.argv.splice(2, 0, 'build/demo.ts');
await import('./run.mjs');
