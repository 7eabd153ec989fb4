// Says whether dist/ was built from the sources as they are now, by one hash over their content (a checkout changes
// times, not content). Plain JavaScript with built-ins only: start.mjs asks before anything is installed.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const sources = ['daemon', 'webui', 'assets', 'build', 'package.json', 'package-lock.json'];
const record = 'dist/.built';

/**
 * A hash of everything a build reads, tests left out.
 * @param {string} root
 */
export function hashOfSources(root) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesUnder(root, source))) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** @param {string} root */
export function isBuilt(root) {
  return readIfThere(join(root, record)) === hashOfSources(root);
}

/**
 * Call it after a build with the hash taken before the build, so that a file saved in between is built again.
 * @param {string} root
 * @param {string} hash
 */
export function markBuilt(root, hash) {
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, record), hash);
}

/**
 * @param {string} root
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(root, path) {
  const found = statSync(join(root, path), { throwIfNoEntry: false });
  if (found === undefined || /\.test\.tsx?$/.test(path)) return [];
  if (!found.isDirectory()) return [path];
  return readdirSync(join(root, path))
    .sort()
    .flatMap((name) => filesUnder(root, `${path}/${name}`));
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
