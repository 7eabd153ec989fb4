// Preloaded into the daemon (`node --import`): counts its real calls to the file system below its home, and makes the chosen one
// fail as a disk would, before anything is done, or half-way for a write to a full disk. The daemon itself is not changed. The
// file that PORCHLIGHT_FAULT names says which: {"home", "at", "code", "lasts"}; without it nothing fails. `at` 0 only counts;
// with `lasts` every later call fails too, until the file is gone. How far it counted stands in `<file>.count`.
import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { constants } from 'node:os';

const path = process.env['PORCHLIGHT_FAULT'] ?? '';
if (process.argv.includes('serve') && fs.existsSync(path)) arm();

function arm() {
  /** @type {{ home: string, at: number, code: keyof typeof constants.errno, lasts: boolean }} */
  const { home, at, code, lasts } = JSON.parse(fs.readFileSync(path, 'utf8'));
  const { existsSync, writeFileSync } = fs;
  /** @type {WeakMap<object, string>} */
  const names = new WeakMap();
  let count = 0;
  let hasFailed = false;

  /** @param {string} syscall @param {string} place */
  function isOver(syscall, place) {
    if (!place.startsWith(home) || place.includes('/logs/')) return false;
    count += 1;
    const isIt = count === at || (lasts && hasFailed && existsSync(path));
    if (isIt && !hasFailed) writeFileSync(`${path}.what`, `${syscall} ${place.slice(home.length)}`);
    hasFailed ||= isIt;
    writeFileSync(`${path}.count`, String(count));
    return isIt;
  }

  /** @param {string} syscall @param {string} place */
  function failure(syscall, place) {
    const errno = -constants.errno[code];
    const message = `${code}: as the disk says, ${syscall} '${place}'`;
    return Object.assign(new Error(message), { errno, code, syscall, path: place });
  }

  /** @param {string} syscall @param {string} place */
  function check(syscall, place) {
    if (isOver(syscall, place)) throw failure(syscall, place);
  }

  const byPath = {
    rename: 'rename',
    unlink: 'unlink',
    rm: 'rm',
    mkdir: 'mkdir',
    link: 'link',
    writeFile: 'open',
  };
  for (const [name, syscall] of Object.entries(byPath)) {
    const real = /** @type {any} */ (promises)[name];
    /** @type {any} */ (promises)[name] = async (/** @type {any[]} */ ...args) => {
      check(syscall, String(args[0]));
      return real(...args);
    };
  }
  const { open } = promises;
  promises.open = async (...args) => {
    check('open', String(args[0]));
    const file = await open(...args);
    names.set(file, String(args[0]));
    patch(Object.getPrototypeOf(file));
    return file;
  };
  syncBuiltinESMExports();

  let isPatched = false;
  /** @param {any} prototype */
  function patch(prototype) {
    if (isPatched) return;
    isPatched = true;
    const calls = { sync: 'fsync', datasync: 'fdatasync', truncate: 'ftruncate', writeFile: 'write' };
    for (const [name, syscall] of Object.entries(calls)) {
      const real = prototype[name];
      prototype[name] = async function (/** @type {any[]} */ ...args) {
        check(syscall, names.get(this) ?? '');
        return real.apply(this, args);
      };
    }
    const { write } = prototype;
    prototype.write = async function (
      /** @type {Buffer} */ buffer,
      /** @type {number} */ offset = 0,
      length = buffer.length - offset,
      position = null,
    ) {
      const place = names.get(this) ?? '';
      if (!isOver('write', place)) return write.call(this, buffer, offset, length, position);
      // A disk that fills takes what still fits.
      if (code === 'ENOSPC') await write.call(this, buffer, offset, Math.floor(length / 2), position);
      throw failure('write', place);
    };
  }
}
