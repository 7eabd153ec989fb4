// Builds the parts of the signed-in app and joins them; reads as a table of contents. One per page.
import { computed, effect } from '@preact/signals';
import type { CommandInput, CommandResult, CommandType } from '../daemon/protocol/commands.ts';
import { AppError } from '../daemon/protocol/errors.ts';
import type { Item } from '../daemon/protocol/view.ts';
import { type Access, createAccess } from './access.ts';
import { type Connection, connect } from './connection/connection.ts';
import { createTransportChoice } from './connection/transport-choice.ts';
import type { Database } from './database.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import { call, resultOf, Unreachable } from './http.ts';
import type { Identity } from './identity.ts';
import type { Navigation } from './navigation.ts';
import { type Outbox, openOutbox } from './outbox.ts';
import { nextToSend, type StoredMessage } from './outbox-entries.ts';
import { createStore, type Store } from './store.ts';
import { openUploads, type Uploads } from './uploads/uploads.ts';

export interface App {
  readonly identity: Identity;
  readonly access: Access;
  readonly connection: Connection;
  readonly store: Store;
  readonly outbox: Outbox;
  readonly drafts: Drafts;
  readonly uploads: Uploads;
  readonly database: Database;
  readonly navigation: Navigation;
  command<T extends CommandType>(type: T, input: CommandInput<T>): Promise<CommandResult<T>>;
}

/** What the computer put off, it is asked again after so long. */
const askAgainMs = 10_000;

export async function createApp(parts: {
  database: Database;
  identity: Identity;
  navigation: Navigation;
}): Promise<App> {
  const { database, identity, navigation } = parts;
  const access = createAccess(identity);
  const connection = connect({ access, choice: createTransportChoice(database, Date.now) });
  const store = createStore(connection, (conversationId, page) =>
    fetchPage({ conversationId, page, access }),
  );
  const drafts = createDrafts(database);
  const uploads = await openUploads({ disk: database, access, settled: () => void outbox.deliver() });
  const outbox: Outbox = await openOutbox(database, (message) =>
    sendMessage(message, { connection, uploads }),
  );
  keepDelivering(connection, outbox);
  keepSending(connection, uploads);
  window.addEventListener('pagehide', () => drafts.flush());
  document.addEventListener('visibilitychange', () => drafts.flush());
  const { command } = connection;
  return { identity, access, connection, store, outbox, drafts, uploads, database, navigation, command };
}

async function sendMessage(
  { conversationId, clientId, text, steer, fileIds = [] }: StoredMessage,
  { connection, uploads }: { connection: Connection; uploads: Uploads },
): Promise<{ eventId: number }> {
  const attachments = [...uploads.uploadIds(fileIds)];
  const message = { conversationId, clientId, text, ...(steer && { steer }) };
  try {
    return await connection.command('message.send', {
      ...message,
      ...(attachments.length > 0 ? { attachments } : {}),
    });
  } catch (error) {
    const isLost = error instanceof AppError && /^upload_(not_found|unfinished)$/.test(error.code);
    if (!isLost) throw error;
    uploads.startOver(fileIds);
    throw new Unreachable({ cause: error });
  }
}

function keepSending({ state }: Connection, uploads: Uploads): void {
  effect(() => {
    if (state.value.kind === 'live') uploads.go();
  });
  const isWaiting = computed(() => uploads.files.value.some((file) => file.state.kind === 'waiting'));
  effect(() => {
    if (state.value.kind !== 'live' || !isWaiting.value) return undefined;
    const timer = setInterval(() => uploads.go(), askAgainMs);
    return () => clearInterval(timer);
  });
}

export function keepDelivering({ state }: Connection, outbox: Outbox): void {
  effect(() => {
    if (state.value.kind === 'live') void outbox.deliver();
  });
  effect(() => {
    if (state.value.kind !== 'live' || !nextToSend(outbox.entries.value)) return undefined;
    const timer = setInterval(() => void outbox.deliver(), askAgainMs);
    return () => clearInterval(timer);
  });
}

async function fetchPage(from: {
  conversationId: string;
  page: number;
  access: Access;
}): Promise<readonly Item[]> {
  const { conversationId, page, access } = from;
  const reply = await call(`/api/conversations/${conversationId}/pages/${page}`, {
    token: await access.token(),
  });
  // Items come out of the daemon's fold, which is this build's own.
  const { items } = resultOf(reply) as { items: readonly Item[] };
  return items;
}
