// Preloaded into the daemon (`node --import`): notes, before the daemon can go on, which bytes and which names are surely on
// disk. A file counts up to its size when the last finished fsync or fdatasync began; a name counts once its folder was
// synced. The daemon itself is not changed. power-cut.ts reads the notes (PORCHLIGHT_CHAOS_NOTES names the file). A file
// `kill-at` beside them names a moment (see moments.mjs) at which the daemon is to end as by SIGKILL.
import fs, { constants } from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { reach } from './moments.mjs';

const notes = process.env['PORCHLIGHT_CHAOS_NOTES'] ?? '';
const replaced = join(dirname(notes), 'replaced');
fs.mkdirSync(replaced, { recursive: true });
const out = fs.openSync(notes, 'a', 0o600);
// The last word of one that was killed may be cut off.
fs.writeSync(out, '\n');
/** Of two syncs of a folder at once, the one that saw more may be done first. */
const now = () => Number(process.hrtime.bigint());
/** @param {object} fact */
const note = (fact) => fs.writeSync(out, `${JSON.stringify(fact)}\n`);

const { mkdir, open, rename, unlink } = promises;
const probe = await open('/dev/null', 'r');
const prototype = Object.getPrototypeOf(probe);
await probe.close();

for (const name of ['sync', 'datasync']) {
  const real = prototype[name];
  prototype[name] = async function synced() {
    const fact = whatIsThere(this.fd);
    const path = name === 'sync' ? fs.readlinkSync(`/proc/self/fd/${this.fd}`) : '';
    reach('before sync', path);
    await real.call(this);
    note(fact);
    reach('synced', path);
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
  if (creates && size === 0) {
    note({ type: 'cut', inode: ino, size: 0 });
    reach('created', String(path));
  }
  return file;
};
promises.rename = async (from, to) => {
  keep(String(to));
  note({ type: 'renamed', inode: fs.lstatSync(from).ino, from: basename(String(from)) });
  reach('before rename', String(to));
  await rename(from, to);
  reach('renamed', String(to));
};
/** @param {fs.PathLike} path @param {fs.MakeDirectoryOptions} options */
const noting = async (path, options) => {
  const made = await mkdir(path, options);
  // Inodes are used again: what stood in a folder that is gone does not stand in this one.
  for (let folder = String(path); made !== undefined && folder.startsWith(made); folder = dirname(folder))
    note({ type: 'names', inode: fs.lstatSync(folder).ino, seen: now(), names: {} });
  return made;
};
Object.assign(promises, { mkdir: noting });
promises.unlink = async (path) => {
  keep(String(path));
  return unlink(path);
};
syncBuiltinESMExports();

/** @param {number} fd */
function whatIsThere(fd) {
  const stat = fs.fstatSync(fd);
  if (!stat.isDirectory()) return { type: 'data', inode: stat.ino, size: stat.size };
  const folder = fs.readlinkSync(`/proc/self/fd/${fd}`);
  return { type: 'names', inode: stat.ino, seen: now(), names: namesIn(folder) };
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

/** What is about to lose its name, in case that does not reach the disk. @param {string} path */
function keep(path) {
  const stat = fs.lstatSync(path, { throwIfNoEntry: false });
  const copy = join(replaced, String(stat?.ino));
  if (stat?.isFile() && !fs.existsSync(copy)) fs.linkSync(path, copy);
}
