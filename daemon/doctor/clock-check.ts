// Whether the computer's clock can be right: against what Porchlight has written, and when its certificate begins.
import { X509Certificate } from 'node:crypto';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check } from '../protocol/doctor.ts';
import { orUndefined } from '../system/certificate-faults.ts';
import { dateOf, readIfThere } from '../system/certificate.ts';

/** All in ms since 1970; undefined where there is none. */
export interface ClockFacts {
  readonly now: number;
  readonly newestFile: number | undefined;
  readonly certificateFrom: number | undefined;
}

/** Clocks that are set right jump a little; a file may come from a moment ago. */
const slackMs = 5 * 60_000;

export function judgeClock(
  { now, newestFile, certificateFrom }: ClockFacts,
  platform: NodeJS.Platform,
): Check {
  const name = 'Clock';
  const says = `The clock says ${timeOf(now)}`;
  const fix =
    platform === 'darwin'
      ? 'System Settings → General → Date & Time: set it automatically.'
      : 'If the clock is wrong, run: sudo timedatectl set-ntp true';
  if (certificateFrom !== undefined && now < certificateFrom) {
    const sentence = `${says}, but the certificate begins on ${dateOf(certificateFrom)}: one of them is wrong, and phones may refuse it.`;
    return { name, state: 'bad', sentence, fix };
  }
  if (newestFile !== undefined && now < newestFile - slackMs) {
    const sentence = `${says}, but Porchlight wrote a file at ${timeOf(newestFile)}: the clock is wrong, or was then.`;
    return { name, state: 'warning', sentence, fix };
  }
  return { name, state: 'ok', sentence: `${says}, which fits what was written before.`, fix: '' };
}

function timeOf(time: number): string {
  return `${new Date(time).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Folders whose files change often. */
const looked = ['.', 'lobby/log', 'logs', 'tls'];

export async function lookAtTimes(home: string): Promise<Omit<ClockFacts, 'now'>> {
  const times = await Promise.all(
    looked.map(async (folder) => {
      const names = await readdir(join(home, folder)).catch(() => []);
      return Promise.all(
        names.map((name) =>
          stat(join(home, folder, name)).then(
            ({ mtimeMs }) => mtimeMs,
            () => 0,
          ),
        ),
      );
    }),
  );
  const newest = Math.max(0, ...times.flat());
  const pem = await readIfThere(join(home, 'tls', 'cert.pem'));
  const cert = pem === undefined ? undefined : orUndefined(() => new X509Certificate(pem));
  return {
    newestFile: newest === 0 ? undefined : newest,
    certificateFrom: cert && Date.parse(cert.validFrom),
  };
}
