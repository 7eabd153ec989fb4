// What a power cut leaves of a folder: nothing is sure but what record-syncs.mjs noted. Bytes behind the last fsync are cut
// anywhere, spoilt or followed by junk; names that their folder never got synced vanish; renames and removals may be undone.
// The processes that write there must be dead.
import {
  closeSync,
  existsSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { Random } from './random.ts';

type Names = Readonly<Record<string, number>>;
type Note =
  | { readonly type: 'data' | 'cut'; readonly inode: number; readonly size: number }
  | { readonly type: 'names'; readonly inode: number; readonly seen: number; readonly names: Names }
  /** What that inode was called before. */
  | { readonly type: 'renamed'; readonly inode: number; readonly from: string };

interface OnDisk {
  /** By inode: bytes that are surely there. */
  readonly sizes: ReadonlyMap<number, number>;
  /** By inode: what surely stands in the folder. */
  readonly names: ReadonlyMap<number, Names>;
  /** By inode: the name before the last rename. */
  readonly before: ReadonlyMap<number, string>;
}

export interface Damage {
  cut: number;
  vanished: number;
  undone: number;
}

/** Whatever is there now is from here on surely on disk. */
export function settleOnDisk(home: string, notes: string): void {
  const lines: Note[] = [];
  for (const folder of foldersIn(home)) {
    const entries = readdirSync(folder).map((name) => [name, lstatSync(join(folder, name))] as const);
    const names = Object.fromEntries(entries.map(([name, stat]) => [name, stat.ino]));
    lines.push({ type: 'names', inode: lstatSync(folder).ino, seen: 0, names });
    for (const [, stat] of entries)
      if (stat.isFile()) lines.push({ type: 'data', inode: stat.ino, size: stat.size });
  }
  writeFileSync(notes, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  rmSync(join(dirname(notes), 'replaced'), { recursive: true, force: true });
}

export function cutPower(home: string, notes: string, random: Random): Damage {
  const onDisk = readNotes(notes);
  /** True when what had the name before is there again. */
  const bringBack = (path: string, inode: number | undefined): boolean => {
    const kept = join(dirname(notes), 'replaced', String(inode));
    if (!existsSync(kept)) return false;
    linkSync(kept, path);
    return true;
  };
  const damage: Damage = { cut: 0, vanished: 0, undone: 0 };
  for (const folder of foldersIn(home)) {
    if (!existsSync(folder)) continue;
    const sure = onDisk.names.get(lstatSync(folder).ino) ?? {};
    for (const name of readdirSync(folder).sort()) {
      const path = join(folder, name);
      const { ino } = lstatSync(path);
      if (sure[name] === ino || random.chance(0.5)) continue;
      const temp = onDisk.before.get(ino);
      if (temp !== undefined && random.chance(0.5)) renameSync(path, join(folder, temp));
      else rmSync(path, { recursive: true });
      if (bringBack(path, sure[name])) damage.undone += 1;
      else damage.vanished += 1;
    }
    for (const [name, ino] of Object.entries(sure)) {
      const path = join(folder, name);
      if (!existsSync(path) && random.chance(0.5) && bringBack(path, ino)) damage.undone += 1;
    }
    const names = readdirSync(folder).sort();
    const newest = names.findLast((name) => name.endsWith('.jsonl'));
    for (const name of names) {
      const stat = lstatSync(join(folder, name));
      const size = Math.min(onDisk.sizes.get(stat.ino) ?? 0, stat.size);
      // What lies whole on the disk for long is safe; only where a log grows there may be junk behind it.
      if (!stat.isFile() || (size === stat.size && name !== newest)) continue;
      if (spoil(join(folder, name), size, random)) damage.cut += 1;
    }
  }
  settleOnDisk(home, notes);
  return damage;
}

/** True when something was changed. Nothing before byte `from` is touched. */
function spoil(path: string, from: number, random: Random): boolean {
  const { size } = lstatSync(path);
  const file = openSync(path, 'r+');
  try {
    // What was not synced may also be there to its end, with a page in it that is not.
    const end = random.chance(0.4) ? size : random.between(from, size);
    ftruncateSync(file, end);
    // Only where there is a checksum: of a spool, written by `claude`, nobody could tell.
    if (path.endsWith('.jsonl') && end > from && random.chance(0.6))
      changeLetter(file, random.between(from, end - 1));
    const junk = junkOf(random);
    if (junk.length > 0) writeSync(file, junk, 0, junk.length, end);
    return end < size || junk.length > 0;
  } finally {
    closeSync(file);
  }
}

function changeLetter(file: number, at: number): void {
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, at);
  const [value = 0] = byte;
  const isLetter = value >= 0x61 && value <= 0x79;
  writeSync(file, Buffer.from([isLetter ? value + 1 : 0]), 0, 1, at);
}

function junkOf(random: Random): Buffer {
  const length = random.between(1, 400);
  switch (random.weighted({ none: 4, zeros: 3, junk: 3 })) {
    case 'zeros':
      return Buffer.alloc(length);
    case 'junk':
      return Buffer.from(Array.from({ length }, () => random.between(0, 255)));
    default:
      return Buffer.alloc(0);
  }
}

/**
 * Undefined for half a note: who wrote it was killed at that, so it had not yet begun to act on it, nor told anybody what it says.
 */
function readNote(line: string): Note | undefined {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function readNotes(notes: string): OnDisk {
  const sizes = new Map<number, number>();
  const names = new Map<number, Names>();
  const before = new Map<number, string>();
  const seen = new Map<number, number>();
  for (const line of readFileSync(notes, 'utf8').split('\n')) {
    const note = readNote(line);
    if (note === undefined) continue;
    if (note.type === 'names') {
      if (note.seen >= (seen.get(note.inode) ?? 0)) names.set(note.inode, note.names);
      seen.set(note.inode, Math.max(note.seen, seen.get(note.inode) ?? 0));
    } else if (note.type === 'renamed') before.set(note.inode, note.from);
    else if (note.type === 'cut') sizes.set(note.inode, Math.min(sizes.get(note.inode) ?? 0, note.size));
    else sizes.set(note.inode, Math.max(sizes.get(note.inode) ?? 0, note.size));
  }
  return { sizes, names, before };
}

/** Parents first, the folder itself included. Links are not followed. */
function foldersIn(folder: string): string[] {
  const inner = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...inner.flatMap((entry) => foldersIn(join(folder, entry.name)))];
}
