// The event store on disk: the lobby's log in `lobby/log`, each conversation's in `conversations/<id>/log`.
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Clock, EventLog, EventStore } from '../ports.ts';
import { syncFolder, writeDurably } from '../system/durable-file.ts';
import { openJsonlLog } from './jsonl-log.ts';

export async function openJsonlStore(options: {
  home: string;
  clock: Clock;
  segmentBytes?: number;
}): Promise<EventStore> {
  const { home, ...logOptions } = options;
  const epoch = await readOrMakeEpoch(join(home, 'epoch'));
  const logs = new Map<string, Promise<EventLog>>();
  const folderOf = (name: string) =>
    name === 'lobby' ? join(home, 'lobby') : join(home, 'conversations', name);
  return {
    epoch,
    open(name) {
      const log = logs.get(name) ?? openJsonlLog({ folder: join(folderOf(name), 'log'), ...logOptions });
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
    async close() {
      await Promise.all([...logs.values()].map(async (log) => (await log).close()));
      logs.clear();
    },
  };
}

async function readOrMakeEpoch(path: string): Promise<string> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    const epoch = randomBytes(16).toString('hex');
    await writeDurably(path, `${epoch}\n`);
    return epoch;
  }
}
