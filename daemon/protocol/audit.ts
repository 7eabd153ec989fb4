// The audit log: who let whom in, and what was allowed. Each entry carries the hash of the one before, so that a line that is
// changed or taken out shows. Written by the daemon, read in the app and in the terminal.
import * as z from 'zod/mini';

const text = z.string();

export const AuditEntry = z.object({
  /** 1, 2, 3 … without gaps. */
  id: z.int(),
  /** ms since 1970. */
  when: z.number(),
  deviceId: text,
  /** The device's name at that time. */
  label: text,
  /** The command or event, e.g. `device.revoke`. */
  act: text,
  /** A sentence for a person, e.g. “allowed Bash: npm test”. */
  words: text,
  /** Hash of the entry before; empty for the first. */
  previous: text,
  /** SHA-256, hex, over `auditText`. */
  hash: text,
});
export type AuditEntry = z.infer<typeof AuditEntry>;

/** What is hashed: all of an entry but its own hash and its number. */
export function auditText(entry: Omit<AuditEntry, 'id' | 'hash'>): string {
  const { previous, when, deviceId, label, act, words } = entry;
  return JSON.stringify([previous, when, deviceId, label, act, words]);
}
