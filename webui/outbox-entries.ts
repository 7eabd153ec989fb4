// The outbox as data: what waits to be sent, in which order, and what still has to be shown of it. Pure.

/** As it lies on disk until the computer has it. */
export interface StoredMessage {
  readonly clientId: string;
  readonly conversationId: string;
  readonly text: string;
  /** ms since 1970, by this device's clock. */
  readonly at: number;
  /** For the running turn, not after it. */
  readonly steer?: true;
  /** Files that go with it, by their fileId on this device. */
  readonly fileIds?: readonly string[];
}

export type OutboxEntry =
  | ({ readonly state: 'waiting' } & StoredMessage)
  /** The computer has it; shown until the log shows it. */
  | ({ readonly state: 'acknowledged'; readonly eventId: number } & StoredMessage)
  | ({ readonly state: 'refused'; readonly reason: string } & StoredMessage);

export type Entries = readonly OutboxEntry[];

export function withWaiting(entries: Entries, messages: readonly StoredMessage[]): Entries {
  const known = new Set(entries.map((entry) => entry.clientId));
  const added = messages
    .filter((message) => !known.has(message.clientId))
    .map((message) => ({ ...message, state: 'waiting' }) as const);
  return [...entries, ...added].toSorted((a, b) =>
    a.clientId < b.clientId ? -1 : a.clientId > b.clientId ? 1 : 0,
  );
}

/** The oldest of the conversation that waits; nothing of the same conversation overtakes it. */
export function nextToSend(entries: Entries, conversationId: string): OutboxEntry | undefined {
  return entries.find((entry) => entry.state === 'waiting' && entry.conversationId === conversationId);
}

/** Those in which something waits, the oldest first. */
export function waitingConversations(entries: Entries): readonly string[] {
  const waiting = entries.filter(({ state }) => state === 'waiting');
  return [...new Set(waiting.map(({ conversationId }) => conversationId))];
}

export function acknowledged(entries: Entries, clientId: string, eventId: number): Entries {
  return change(entries, clientId, (message) => ({ ...message, state: 'acknowledged', eventId }));
}

export function refused(entries: Entries, clientId: string, reason: string): Entries {
  return change(entries, clientId, (message) => ({ ...message, state: 'refused', reason }));
}

export function waitingAgain(entries: Entries, clientId: string): Entries {
  return change(entries, clientId, (message) => ({ ...message, state: 'waiting' }));
}

export function without(entries: Entries, clientId: string): Entries {
  return entries.filter((entry) => entry.clientId !== clientId);
}

/** What a conversation shows below its log: all that the log, read up to `last`, does not have yet. */
export function shownBelow(
  entries: Entries,
  log: { conversationId: string; last: number; clientIds: ReadonlySet<string> },
): Entries {
  return entries.filter((entry) => {
    if (entry.conversationId !== log.conversationId || log.clientIds.has(entry.clientId)) return false;
    return entry.state !== 'acknowledged' || entry.eventId > log.last;
  });
}

function change(entries: Entries, clientId: string, to: (message: StoredMessage) => OutboxEntry): Entries {
  return entries.map((entry) => {
    if (entry.clientId !== clientId) return entry;
    const { conversationId, text, at, steer, fileIds } = entry;
    return to({ clientId, conversationId, text, at, ...(steer && { steer }), ...(fileIds && { fileIds }) });
  });
}
