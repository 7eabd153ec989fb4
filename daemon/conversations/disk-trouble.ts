// What a conversation does when the disk is in trouble: nothing new is begun, and what was under way is noted as soon as it can
// be. Whether there is trouble is the Disk port's to say.
import type { Clock, Disk } from '../ports.ts';
import { AppError } from '../protocol/errors.ts';

/** What could not be noted is tried again after this, ms. */
const retryMs = 2000;

/** Rejects with what `disk` refuses with, if it does. */
export async function refuseInTrouble(disk: Pick<Disk, 'look'>): Promise<void> {
  const trouble = await disk.look();
  if (trouble) throw new AppError(trouble.code, trouble.message);
}

export function isDiskFull(error: unknown): boolean {
  return error instanceof AppError && error.code === 'disk_full';
}

/**
 * Repeats `write` until the disk takes it; at once after the first failure, since that may have freed the reserve. Rejects with
 * what is not the disk's fault, and with anything once `isOver`.
 */
export async function untilOnDisk(
  write: () => Promise<void>,
  options: {
    readonly disk: Pick<Disk, 'blame'>;
    readonly clock: Clock;
    readonly isOver: () => boolean;
    readonly failed: (error: unknown) => void;
  },
): Promise<void> {
  const { disk, clock, isOver, failed } = options;
  for (let tries = 1; ; tries += 1) {
    try {
      return await write();
    } catch (error) {
      const blamed = await disk.blame(error);
      const isOfDisk =
        blamed instanceof AppError && (blamed.code === 'disk_full' || blamed.code === 'disk_failed');
      if (isOver() || !isOfDisk) throw blamed;
      failed(blamed);
      if (tries > 1) await new Promise<void>((resolve) => clock.after(retryMs, resolve));
    }
  }
}
