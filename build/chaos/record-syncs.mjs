// Preloaded into the daemon (`node --import`): notes, before the daemon can go on, which bytes and which names are surely on
// disk. A file counts up to its size when the last finished fsync or fdatasync began; a name counts once its folder was
// synced. The daemon itself is not changed. power-cut.ts reads the notes (PORCHLIGHT_CHAOS_NOTES names the file).
import fs, { constants } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { dirname, join } from 'node:path';

const notes = process.env['PORCHLIGHT_CHAOS_NOTES'] ?? '';
const replaced = join(dirname(notes), 'replaced');
fs.mkdirSync(replaced, { recursive: true });
const out = fs.openSync(notes, 'a', 0o600);
/** @param {object} fact */
const note = (fact) => fs.writeSync(out, `${JSON.stringify(fact)}\n`);

const { open, rename } = promises;
const probe = await open('/dev/null', 'r');
const prototype = Object.getPrototypeOf(probe);
await probe.close();

for (const name of ['sync', 'datasync']) {
  const real = prototype[name];
  prototype[name] = async function synced() {
    const fact = whatIsThere(this.fd);
    await real.call(this);
    note(fact);
  };
}
const { truncate } = prototype;
prototype.truncate = function truncated(/** @type {number | undefined} */ length) {
  note({ type: 'cut', inode: fs.fstatSync(this.fd).ino, size: length ?? 0 });
  return truncate.call(this, length);
};

promises.open = async (path, flags, mode) => {
  const file = await open(path, flags, mode);
  const creates = typeof flags === 'number' ? (flags & constants.O_CREAT) !== 0 : /^[wa]/.test(flags ?? 'r');
  const { size, ino } = fs.fstatSync(file.fd);
  // Inodes are used again; a new file has nothing on disk.
  if (creates && size === 0) note({ type: 'cut', inode: ino, size: 0 });
  return file;
};
promises.rename = async (from, to) => {
  keep(String(to));
  return rename(from, to);
};
syncBuiltinESMExports();

/** @param {number} fd */
function whatIsThere(fd) {
  const stat = fs.fstatSync(fd);
  if (!stat.isDirectory()) return { type: 'data', inode: stat.ino, size: stat.size };
  const folder = fs.readlinkSync(`/proc/self/fd/${fd}`);
  return { type: 'names', inode: stat.ino, names: namesIn(folder) };
}

/** @param {string} folder */
function namesIn(folder) {
  /** @type {Record<string, number>} */
  const names = {};
  for (const name of fs.readdirSync(folder)) {
    const stat = fs.lstatSync(join(folder, name), { throwIfNoEntry: false });
    if (stat) names[name] = stat.ino;
  }
  return names;
}

/** What a rename is about to replace, in case the rename does not reach the disk. @param {string} path */
function keep(path) {
  const stat = fs.lstatSync(path, { throwIfNoEntry: false });
  const copy = join(replaced, String(stat?.ino));
  if (stat?.isFile() && !fs.existsSync(copy)) fs.linkSync(path, copy);
}
