// Reads a log from the daemon's files, by a reader of the harness's own: the daemon's word is not taken for what is on disk.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { SeenEvent } from './journal.ts';

export interface LogOnDisk {
  readonly events: readonly SeenEvent[];
  /** Id of the last one; 0 when there is none. */
  readonly last: number;
  /** Lines that are no records, other than an unfinished last one. */
  readonly bad: number;
}

/** While the daemon works there: a conversation that is being deleted may go under the reader's eyes. */
export function readLogs(home: string): ReadonlyMap<string, LogOnDisk> {
  for (;;) {
    try {
      return readAll(home);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
    }
  }
}

function readAll(home: string): ReadonlyMap<string, LogOnDisk> {
  const conversations = join(home, 'conversations');
  const ids = existsSync(conversations) ? readdirSync(conversations) : [];
  const logs = ids.map((id) => [id, readLog(join(conversations, id, 'log'))] as const);
  // The list last: of what was half gone when it was read, the list says that it is deleted.
  return new Map([...logs, ['lobby', readLog(join(home, 'lobby', 'log'))]]);
}

/** Without what no list names: a conversation whose creation was cut short before anyone heard of it, or a deleted one. */
export function listedOnly(logs: ReadonlyMap<string, LogOnDisk>): ReadonlyMap<string, LogOnDisk> {
  const lobby = logs.get('lobby')?.events ?? [];
  const listed = new Set(['lobby', ...lobby.map((event) => event['conversationId'])]);
  const deleted = deletedIn(logs);
  return new Map([...logs].filter(([log]) => listed.has(log) && !deleted.has(log)));
}

/** Conversations that the list says are deleted. */
export function deletedIn(logs: ReadonlyMap<string, LogOnDisk>): ReadonlySet<string> {
  const lobby = logs.get('lobby')?.events ?? [];
  const deletions = lobby.filter(({ type }) => type === 'conversation.deleted');
  return new Set(deletions.map((event) => String(event['conversationId'])));
}

function readLog(folder: string): LogOnDisk {
  const names = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => /^\d{8}\.jsonl$/.test(name))
        .sort()
    : [];
  const events: SeenEvent[] = [];
  let bad = 0;
  for (const name of names) {
    const lines = readFileSync(join(folder, name), 'latin1').split('\n').slice(0, -1);
    for (const line of lines) {
      const found = decode(line);
      if (found) events.push(...found);
      else bad += 1;
    }
  }
  return { events, bad, last: events.at(-1)?.id ?? 0 };
}

function decode(line: string): SeenEvent[] | undefined {
  const end = line.lastIndexOf('\t');
  const json = Buffer.from(line.slice(0, end), 'latin1');
  if (end < 0 || crc32(json).toString(16).padStart(8, '0') !== line.slice(end + 1)) return undefined;
  return JSON.parse(json.toString('utf8'));
}

/** Text in which the order of an object's fields does not count. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}
