// The moments at which a daemon can be made to end, by name: the steps of folding a segment, of beginning a new one, and of
// replacing any small file. The harness writes the name of one into a file; the daemon that comes to it is gone.
import fs from 'node:fs';
import { dirname, join } from 'node:path';

const isFolding = (/** @type {string} */ path) => path.endsWith('.folding');
const isSegment = (/** @type {string} */ path) => /\/\d{8}\.jsonl$/.test(path);
const isOther = (/** @type {string} */ path) => !isFolding(path) && !isSegment(path);
const isFolder = (/** @type {string} */ path) => path.endsWith('/log');

/** What is done, and to which file. @type {Record<string, [string, (path: string) => boolean]>} */
export const moments = {
  'a folded segment is begun': ['created', isFolding],
  'a folded segment is written': ['before sync', isFolding],
  'a folded segment is on disk': ['synced', isFolding],
  'a folded segment is about to be renamed': ['before rename', isSegment],
  'a folded segment is renamed': ['renamed', isSegment],
  'a segment is begun': ['created', isSegment],
  'the folder of a log is about to be synced': ['before sync', isFolder],
  'the folder of a log is synced': ['synced', isFolder],
  'a small file is replaced': ['renamed', isOther],
};

const notes = process.env['PORCHLIGHT_CHAOS_NOTES'] ?? '';
const killAt = join(dirname(notes), 'kill-at');

/** @param {string} done @param {string} path */
export function reach(done, path) {
  const name = wanted();
  const [action, isIt] = moments[name] ?? [];
  if (action !== done || !isIt?.(path)) return;
  fs.unlinkSync(killAt);
  process.kill(process.pid, 'SIGKILL');
}

function wanted() {
  try {
    return fs.readFileSync(killAt, 'utf8');
  } catch {
    return '';
  }
}
