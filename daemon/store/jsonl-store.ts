// The event store on disk: the lobby's log in `lobby/log`, the audit log in `audit/log`, each conversation's in `conversations/<id>/log`.
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { EventLog, EventStore } from '../ports.ts';
import { syncFolder } from '../system/durable-file.ts';
import { type JsonlOptions, openJsonlLog } from './jsonl-log.ts';
import { readEpoch, renewEpoch } from './store-identity.ts';

export type JsonlStoreOptions = Omit<JsonlOptions, 'folder' | 'root'> & { readonly home: string };

export async function openJsonlStore(options: JsonlStoreOptions): Promise<EventStore> {
  const { home, ...logOptions } = options;
  const epochPath = join(home, 'epoch');
  let epoch = await readEpoch(epochPath);
  const logs = new Map<string, Promise<EventLog>>();
  const folderOf = (name: string) =>
    name === 'lobby' || name === 'audit' ? join(home, name) : join(home, 'conversations', name);
  return {
    get epoch() {
      return epoch;
    },
    open(name) {
      const log =
        logs.get(name) ?? openJsonlLog({ folder: join(folderOf(name), 'log'), root: home, ...logOptions });
      logs.set(name, log);
      log.catch(() => logs.delete(name));
      return log;
    },
    async remove(name) {
      const log = logs.get(name);
      logs.delete(name);
      await (await log)?.close();
      await rm(folderOf(name), { recursive: true, force: true });
      await mkdir(dirname(folderOf(name)), { recursive: true, mode: 0o700 });
      await syncFolder(dirname(folderOf(name)));
    },
    async setAside(name) {
      const log = logs.get(name);
      logs.delete(name);
      await (await log)?.close();
      const folder = join(folderOf(name), 'log');
      await rename(folder, `${folder}.damaged-${options.clock.now()}`);
      await syncFolder(folderOf(name));
      epoch = await renewEpoch(epochPath);
    },
    names: () => readdir(join(home, 'conversations')).catch(noneYet),
    async close() {
      await Promise.all([...logs.values()].map(async (log) => (await log).close()));
      logs.clear();
    },
  };
}

function noneYet(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
