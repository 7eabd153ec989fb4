// What must hold at every moment, also right after a power cut: whatever a client was told is in the logs, once, as it was told.
// Compares the journals of the clients with the logs on disk. Each function gives violations in words, none when all is well.
import { firstIdOf } from '../../daemon/protocol/folded-deltas.ts';
import type { JournalLine, SeenEvent } from './journal.ts';
import { deletedIn, type LogOnDisk } from './read-log.ts';
import { unlikeSeen } from './seen-and-kept.ts';

export type Logs = ReadonlyMap<string, LogOnDisk>;
export type Journals = Readonly<Record<string, readonly JournalLine[]>>;

export function brokenPromises(logs: Logs, journals: Journals): string[] {
  const deleted = deletedIn(logs);
  const broken = [...logs].flatMap(([log, { events }]) =>
    deleted.has(log) ? [] : notContiguous(log, events),
  );
  const sent = sentMessages(logs);
  broken.push(...wrongDeletions(logs, journals, deleted));
  for (const [log, ids] of doubled(sent))
    broken.push(`${log}: the message ${ids[0]} is in the log ${ids.length} times`);
  for (const [name, lines] of Object.entries(journals))
    for (const line of lines) {
      if ('log' in line && line.log !== undefined && deleted.has(line.log)) continue;
      const problem = brokenPromise(line, logs, sent);
      if (problem !== undefined) broken.push(`${name}: ${problem}`);
    }
  return broken;
}

function notContiguous(log: string, events: readonly SeenEvent[]): string[] {
  let last = 0;
  for (const event of events) {
    if (firstIdOf(event) !== last + 1) return [`${log}: event ${event.id} stands where ${last + 1} should`];
    last = event.id;
  }
  return [];
}

/** What was asked to go goes, with all that is on the disk of it, and nothing else does. */
function wrongDeletions(logs: Logs, journals: Journals, deleted: ReadonlySet<string>): string[] {
  const lines = Object.values(journals).flat();
  const logsOf = (did: 'deleting' | 'deleted') =>
    lines.flatMap((line) => (line.did === did ? [line.log] : []));
  const asked = new Set(logsOf('deleting'));
  const told = new Set(logsOf('deleted'));
  return [
    ...[...deleted].filter((log) => !asked.has(log)).map((log) => `${log} was deleted and nobody asked`),
    ...[...told].filter((log) => !deleted.has(log)).map((log) => `the deletion of ${log} is lost`),
    ...[...told].filter((log) => logs.has(log)).map((log) => `${log} was deleted and is still on the disk`),
  ];
}

type Sent = ReadonlyMap<string, readonly SeenEvent[]>;

function sentMessages(logs: Logs): Sent {
  const sent = new Map<string, SeenEvent[]>();
  for (const { events } of logs.values())
    for (const event of events) {
      if (event.type !== 'message.sent') continue;
      const clientId = String(event['clientId']);
      sent.set(clientId, [...(sent.get(clientId) ?? []), event]);
    }
  return sent;
}

function doubled(sent: Sent): [string, string[]][] {
  return [...sent]
    .filter(([, events]) => events.length > 1)
    .map(([clientId, events]) => [`clientId ${clientId}`, events.map((event) => `at ${event.id}`)]);
}

function brokenPromise(line: JournalLine, logs: Logs, sent: Sent): string | undefined {
  switch (line.did) {
    case 'send': {
      const [event] = sent.get(line.clientId) ?? [];
      if (event && event['text'] !== line.text)
        return `the message ${line.clientId} is in the log with other words`;
      return undefined;
    }
    case 'acked': {
      const [event] = sent.get(line.clientId) ?? [];
      if (!event)
        return `the acknowledged message ${line.clientId} is lost (was event ${line.eventId} of ${line.log})`;
      if (event.id !== line.eventId)
        return `the message ${line.clientId} was acknowledged as event ${line.eventId}, but is ${event.id}`;
      return undefined;
    }
    case 'created':
      return logs.get(line.log)?.events[0]?.type === 'conversation.created' && isListed(line.log, logs)
        ? undefined
        : `the acknowledged conversation ${line.log} is lost`;
    case 'done': {
      const wanted = Object.entries(line.fits);
      const found = logs
        .get(line.log)
        ?.events.some((event) => wanted.every(([key, value]) => event[key] === value));
      return found
        ? undefined
        : `an acknowledged command is lost: ${JSON.stringify(line.fits)} in ${line.log}`;
    }
    case 'saw':
      return unlikeSeen(line.log, line.events, logs.get(line.log)?.events ?? []);
    case 'snapshot': {
      const head = logs.get(line.log)?.last ?? 0;
      return head < line.last
        ? `a snapshot of ${line.log} stood at ${line.last}, but the log ends at ${head}`
        : undefined;
    }
    case 'reset':
      return `${line.log} was reset although nothing of it may be lost`;
    case 'gap':
      return `${line.log}: event ${line.got} came behind event ${line.last}`;
    case 'refused':
      return `${line.command} was refused with ${line.code}`;
    case 'gone':
      return `${line.log} was said to be gone`;
    case 'failed':
      return line.error;
    case 'deleting':
    case 'deleted':
      return undefined;
    default:
      return line satisfies never;
  }
}

function isListed(log: string, logs: Logs): boolean {
  return logs.get('lobby')?.events.some((event) => event['conversationId'] === log) ?? false;
}
