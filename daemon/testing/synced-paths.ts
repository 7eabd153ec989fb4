// Which files and folders this process brings to the disk (fsync, fdatasync), in the order in which that is finished. For tests
// of durability on Linux: the real calls are made.
import { readlinkSync } from 'node:fs';
import { open } from 'node:fs/promises';

export interface SyncedPaths {
  readonly paths: readonly string[];
  restore(): void;
}

export async function watchSyncs(): Promise<SyncedPaths> {
  const probe = await open('/dev/null', 'r');
  const prototype = Object.getPrototypeOf(probe);
  await probe.close();
  const paths: string[] = [];
  const { sync, datasync } = prototype;
  const watched = (real: () => Promise<void>) =>
    async function synced(this: { readonly fd: number }): Promise<void> {
      const path = readlinkSync(`/proc/self/fd/${this.fd}`);
      await real.call(this);
      paths.push(path);
    };
  Object.assign(prototype, { sync: watched(sync), datasync: watched(datasync) });
  return { paths, restore: () => void Object.assign(prototype, { sync, datasync }) };
}
