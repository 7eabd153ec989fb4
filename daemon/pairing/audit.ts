// Writes the audit log and reads it back with a check of its chain. What is not on disk here has not happened: an act that
// needs an entry waits for it.
import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Clock, EventLog, EventStore } from '../ports.ts';
import { AuditEntry, auditText } from '../protocol/audit.ts';

export interface AuditDraft {
  readonly deviceId: string;
  readonly label: string;
  readonly act: string;
  readonly words: string;
}

export interface Audit {
  /** Resolves when the entry is on disk; rejects as EventLog.append does. */
  record(draft: AuditDraft): Promise<void>;
  /**
   * Up to 100 entries before the id, newest first. `brokenAt`: id of the first entry anywhere that does not follow from the one
   * before it.
   */
  list(before: number | undefined): Promise<{ entries: AuditEntry[]; brokenAt: number | null }>;
}

const type = 'audit.recorded';
const pageEntries = 100;
const readBatch = 500;

const Stored = z.looseObject({ ...AuditEntry.shape, type: z.literal(type) });

/** A log that is damaged is set aside, and the new one begins with an entry that says so. */
export async function openAudit(
  store: Pick<EventStore, 'open' | 'setAside'>,
  clock: Pick<Clock, 'now'>,
): Promise<Audit> {
  const known = await store.open('audit');
  if (!known.damaged) return auditIn(known, clock);
  await store.setAside('audit');
  const audit = await auditIn(await store.open('audit'), clock);
  const words = 'The audit log was damaged; what there was of it is kept beside this one.';
  await audit.record({ deviceId: 'computer', label: 'Porchlight', act: 'audit.damaged', words });
  return audit;
}

async function auditIn(log: EventLog, clock: Pick<Clock, 'now'>): Promise<Audit> {
  let last = (await readAll()).at(-1)?.hash ?? '';

  async function readAll(): Promise<AuditEntry[]> {
    const all: AuditEntry[] = [];
    for (let after = 0; ; ) {
      const events = await log.read(after, readBatch);
      if (events.length === 0) return all;
      after = events.at(-1)?.id ?? after;
      all.push(...events.map((event) => AuditEntry.parse(Stored.parse(event))));
    }
  }

  return {
    async record(draft) {
      const entry = { ...draft, when: clock.now(), previous: last };
      const hash = hashOf(entry);
      last = hash;
      // Entries gather in order; when one cannot be written none behind it is either, and the next begins where the disk ends.
      await log.append([{ type, ...entry, hash }]).durable.catch(async (error: unknown) => {
        last = (await readAll()).at(-1)?.hash ?? '';
        throw error;
      });
    },
    async list(before = Number.POSITIVE_INFINITY) {
      const all = await readAll();
      const broken = all.find(
        (entry, at) => entry.previous !== (all[at - 1]?.hash ?? '') || entry.hash !== hashOf(entry),
      );
      const entries = all.filter(({ id }) => id < before).slice(-pageEntries);
      return { entries: entries.reverse(), brokenAt: broken?.id ?? null };
    },
  };
}

function hashOf(entry: Omit<AuditEntry, 'id' | 'hash'>): string {
  return createHash('sha256').update(auditText(entry)).digest('hex');
}
