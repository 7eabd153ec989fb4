// `npm run lock`: writes package-lock.json anew, for all platforms. A registry that mirrors only some platforms makes npm
// leave the other platforms' optional packages out, and then `npm ci` refuses the lock file, everywhere.
// What is added has no checksum; npm fills it in when it next writes the file with a full registry.
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * @typedef {{ version?: string, optional?: boolean, optionalDependencies?: Record<string, string> }} LockEntry
 * @typedef {{ packages: Record<string, LockEntry & Record<string, unknown>> }} LockFile
 * @typedef {{ name: string, version: string }} Missing
 */

/**
 * Optional packages that an entry asks for and the file does not have.
 * @param {LockFile} lock
 * @returns {Missing[]}
 */
export function missingFrom({ packages }) {
  return Object.entries(packages).flatMap(([path, { optionalDependencies }]) =>
    Object.entries(optionalDependencies ?? {})
      .map(([name, version]) => ({ name, version }))
      .filter(
        ({ name }) => !(`node_modules/${name}` in packages) && !(`${path}/node_modules/${name}` in packages),
      ),
  );
}

/**
 * @param {LockFile} lock
 * @returns {LockFile}
 */
export function completed(lock) {
  const added = missingFrom(lock).map(({ name, version }) => [
    `node_modules/${name}`,
    entryFor(name, version),
  ]);
  const entries = [...Object.entries(lock.packages), ...added];
  entries.sort(([a], [b]) => String(a).localeCompare(String(b), 'en'));
  return { ...lock, packages: Object.fromEntries(entries) };
}

/**
 * @param {string} name such as `@oxc-parser/binding-linux-arm64-musl`
 * @param {string} version
 */
function entryFor(name, version) {
  const [, os, cpu] = /(android|darwin|freebsd|linux|openharmony|win32)-(\w+)/.exec(name) ?? [];
  if (os === undefined || cpu === undefined) throw new Error(`${name}: its name does not tell its platform`);
  const libc = os === 'linux' && cpu !== 'arm' ? { libc: [name.endsWith('musl') ? 'musl' : 'glibc'] } : {};
  return { version, cpu: [cpu], dev: true, ...libc, optional: true, os: [os] };
}

if (process.argv[1]?.endsWith('complete-lock.mjs')) {
  const lock = completed(JSON.parse(readFileSync('package-lock.json', 'utf8')));
  writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`);
}
