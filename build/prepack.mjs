// Before `npm pack`: installs and builds what is missing or stale, so that a package never holds an old build.
import { fileURLToPath } from 'node:url';
import { prepare } from './prepare.mjs';

await prepare(fileURLToPath(new URL('..', import.meta.url)));
