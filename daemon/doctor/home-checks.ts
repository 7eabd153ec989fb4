// Porchlight's folder and the disk below it, and who is paired. Only looks: the folder is neither made nor mended.
import { readFile, stat, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';
import type { Check } from '../protocol/doctor.ts';
import type { DeviceSummary } from '../protocol/lobby.ts';
import { reserveOf } from '../system/disk.ts';
import { checkPrivate, HomeError } from '../system/home.ts';

const GiB = 2 ** 30;
/** Below this new things are still taken, but not for long. */
const littleRoom = GiB;
const noRoom = 32 * 2 ** 20;

export async function checkHome(home: string, uid: number | undefined): Promise<Check> {
  const name = 'Folder';
  const there = await stat(home).then(
    () => true,
    () => false,
  );
  if (!there) return { name, state: 'ok', sentence: `${home} is made at the first start.`, fix: '' };
  try {
    await checkPrivate(home, uid);
    return { name, state: 'ok', sentence: `${home} is yours alone.`, fix: '' };
  } catch (error) {
    if (!(error instanceof HomeError)) throw error;
    const [sentence = '', ...fix] = error.message.split(/(?<=computer\.) /);
    return { name, state: 'bad', sentence, fix: fix.join(' ') };
  }
}

export interface DiskFacts {
  readonly free: number;
  /** Bytes kept for when it is full; undefined while there is none, and none is to be expected before a first start. */
  readonly reserve: number | undefined;
  readonly isRunning: boolean;
}

export function judgeDisk({ free, reserve, isRunning }: DiskFacts): Check {
  const name = 'Disk';
  const room = free >= GiB ? `${(free / GiB).toFixed(1)} GB` : `${Math.round(free / 2 ** 20)} MB`;
  const fix = 'Make room on the disk.';
  if (free < noRoom)
    return {
      name,
      state: 'bad',
      sentence: `The disk is full: ${room} are free, so nothing new is begun.`,
      fix,
    };
  if (free < littleRoom)
    return { name, state: 'warning', sentence: `Only ${room} are free on the disk.`, fix };
  if (isRunning && reserve === undefined) {
    const sentence = `${room} are free, but the reserve for a full disk could not be made.`;
    return { name, state: 'warning', sentence, fix };
  }
  return { name, state: 'ok', sentence: `${room} are free on the disk.`, fix: '' };
}

/** Of the nearest folder that is there, since the home may not be made yet. */
export async function lookAtDisk(home: string, isRunning: boolean): Promise<DiskFacts> {
  const { bavail, bsize } = await statfs(home).catch(() => statfs(join(home, '..')));
  const reserve = await stat(reserveOf(home)).then(
    ({ size }) => size,
    () => undefined,
  );
  return { free: bavail * bsize, reserve, isRunning };
}

export type KnownDevice = Pick<DeviceSummary, 'kind' | 'label' | 'usedAt' | 'address'>;

const KeptDevices = z.object({
  devices: z.array(
    z.object({
      kind: z.enum(['phone', 'computer', 'token']),
      label: z.string(),
      usedAt: z.optional(z.number()),
      address: z.optional(z.string()),
    }),
  ),
});

/** From the file, for when no daemon can be asked. Undefined when it cannot be understood. */
export async function readDevices(home: string): Promise<readonly KnownDevice[] | undefined> {
  try {
    return KeptDevices.parse(JSON.parse(await readFile(join(home, 'state.json'), 'utf8'))).devices;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    return undefined;
  }
}

export function judgePhones(devices: readonly KnownDevice[] | undefined): Check {
  const name = 'Phones';
  if (!devices) {
    const sentence = 'The list of devices cannot be understood.';
    return {
      name,
      state: 'bad',
      sentence,
      fix: 'Move state.json out of the folder, start Porchlight and pair anew.',
    };
  }
  const phones = devices.filter(({ kind }) => kind === 'phone');
  if (phones.length === 0)
    return {
      name,
      state: 'warning',
      sentence: 'No phone is paired.',
      fix: 'To pair one, run: porchlight pair',
    };
  const [last] = phones.toSorted((a, b) => (b.usedAt ?? 0) - (a.usedAt ?? 0));
  const count = phones.length === 1 ? 'One phone is' : `${phones.length} phones are`;
  const when = last?.usedAt ? `; “${last.label}” was the last here, from ${last.address ?? 'somewhere'}` : '';
  return { name, state: 'ok', sentence: `${count} paired${when}.`, fix: '' };
}
