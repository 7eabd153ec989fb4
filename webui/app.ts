// Builds the parts of the signed-in app and joins them; reads as a table of contents. One per page.
import { effect } from '@preact/signals';
import type { CommandInput, CommandResult, CommandType } from '../daemon/protocol/commands.ts';
import type { Item } from '../daemon/protocol/view.ts';
import { type Access, createAccess } from './access.ts';
import { type Connection, connect } from './connection/connection.ts';
import { createTransportChoice } from './connection/transport-choice.ts';
import type { Database } from './database.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import { call, resultOf } from './http.ts';
import type { Identity } from './identity.ts';
import type { Navigation } from './navigation.ts';
import { type Outbox, openOutbox } from './outbox.ts';
import { nextToSend } from './outbox-entries.ts';
import { createStore, type Store } from './store.ts';

export interface App {
  readonly identity: Identity;
  readonly access: Access;
  readonly connection: Connection;
  readonly store: Store;
  readonly outbox: Outbox;
  readonly drafts: Drafts;
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
  const outbox = await openOutbox(database, ({ conversationId, clientId, text, steer }) =>
    connection.command('message.send', { conversationId, clientId, text, ...(steer && { steer }) }),
  );
  keepDelivering(connection, outbox);
  window.addEventListener('pagehide', () => drafts.flush());
  document.addEventListener('visibilitychange', () => drafts.flush());
  const { command } = connection;
  return { identity, access, connection, store, outbox, drafts, database, navigation, command };
}

function keepDelivering({ state }: Connection, outbox: Outbox): void {
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
