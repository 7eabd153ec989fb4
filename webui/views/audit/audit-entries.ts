// The audit log as this device sees it: by day, and held against the entry that it saw last time. A log whose every line was made
// anew has a whole chain, but not the entry that a phone remembers. Pure.
import type { AuditEntry } from '../../../daemon/protocol/audit.ts';

export interface AuditDay {
  readonly day: string;
  readonly entries: readonly AuditEntry[];
}

/** Newest first, as they come. */
export function byDay(entries: readonly AuditEntry[], dayOf: (when: number) => string): readonly AuditDay[] {
  const days: { day: string; entries: AuditEntry[] }[] = [];
  for (const entry of entries) {
    const day = dayOf(entry.when);
    const last = days.at(-1);
    if (last?.day === day) last.entries.push(entry);
    else days.push({ day, entries: [entry] });
  }
  return days;
}

/** What a device keeps of the newest entry that it saw. */
export function memoryOf({ id, hash }: Pick<AuditEntry, 'id' | 'hash'>): string {
  return `${id} ${hash}`;
}

/** True: the remembered entry is another one now, or is gone from between those that are here. */
export function isRewritten(entries: readonly AuditEntry[], remembered: string | undefined): boolean {
  const match = /^(\d+) ([0-9a-f]{64})$/.exec(remembered ?? '');
  if (!match) return false;
  const [newest, oldest] = [entries[0], entries.at(-1)];
  const id = Number(match[1]);
  if (!newest || !oldest || id > newest.id) return true;
  if (id < oldest.id) return false;
  return entries.find((entry) => entry.id === id)?.hash !== match[2];
}
