// Module hooks that let Node import .ts and .tsx files: esbuild removes the types, one file at a time.
// Registered by run.mjs. Does no type checking (check.ts does) and keeps no cache: a file takes about a millisecond.
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { transform } from 'esbuild';

/** @type {import('node:module').LoadHook} */
export async function load(url, context, nextLoad) {
  const name = url.startsWith('file:') ? fileURLToPath(url) : '';
  if (!/\.tsx?$/.test(name) || name.includes('node_modules')) return nextLoad(url, context);
  const { code } = await transform(await readFile(name, 'utf8'), {
    loader: name.endsWith('x') ? 'tsx' : 'ts',
    format: 'esm',
    target: 'node20',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    sourcefile: name,
    sourcemap: 'inline',
  });
  return { format: 'module', source: code, shortCircuit: true };
}
