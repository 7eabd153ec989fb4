// Builds the parts of the signed-in app and joins them; reads as a table of contents. One per page.
import { computed, effect, type ReadonlySignal } from '@preact/signals';
import type { CommandInput, CommandResult, CommandType } from '../daemon/protocol/commands.ts';
import { AppError } from '../daemon/protocol/errors.ts';
import type { Item } from '../daemon/protocol/view.ts';
import { type Access, createAccess } from './access.ts';
import { createBackOff } from './connection/back-off.ts';
import { type Connection, connect } from './connection/connection.ts';
import { createTransportChoice } from './connection/transport-choice.ts';
import { asDiskMay, type Database } from './database.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import { call, resultOf, Unreachable } from './http.ts';
import type { Identity } from './identity.ts';
import type { Navigation } from './navigation.ts';
import { forgetGone, keptConversations } from './gone-conversations.ts';
import { type Outbox, openOutbox } from './outbox.ts';
import type { StoredMessage } from './outbox-entries.ts';
import { keepMoveTicket, type MoveTicket } from './move-ticket.ts';
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
  readonly move: MoveTicket;
  command<T extends CommandType>(type: T, input: CommandInput<T>): Promise<CommandResult<T>>;
}

/** What the computer put off, it is asked again no sooner than this. */
const soonestMs = 1000;

export async function createApp(parts: {
  database: Database;
  identity: Identity;
  navigation: Navigation;
}): Promise<App> {
  const { database, identity, navigation } = parts;
  const kept = await keptConversations(database);
  const access = createAccess(identity);
  const connection = connect({ access, choice: createTransportChoice(database, Date.now) });
  const store = createStore(connection, {
    fetchPage: (conversationId, page) => fetchPage({ conversationId, page, access }),
    startedOver: (conversationId) => outbox.startOver(conversationId),
  });
  const drafts = createDrafts(database);
  const uploads = await openUploads({ disk: database, access, settled: () => void outbox.deliver() });
  const outbox: Outbox = await openOutbox(database, (message) =>
    sendMessage(message, { connection, uploads }),
  );
  keepDelivering(connection, outbox);
  keepSending(connection, uploads);
  const { lobby, lobbyState, trouble } = store;
  goOnAfter(trouble, () => {
    void outbox.deliver();
    uploads.go();
  });
  forgetGone({
    lobby,
    lobbyState,
    kept,
    forget: (id) => void forget(id, { database, outbox, uploads, drafts }),
  });
  window.addEventListener('pagehide', () => drafts.flush());
  document.addEventListener('visibilitychange', () => drafts.flush());
  const { command } = connection;
  const move = keepMoveTicket({ database, identity, connection });
  return {
    identity,
    access,
    connection,
    store,
    outbox,
    drafts,
    uploads,
    database,
    navigation,
    move,
    command,
  };
}

async function forget(
  conversationId: string,
  from: Pick<App, 'database' | 'outbox' | 'uploads' | 'drafts'>,
): Promise<void> {
  const { database, outbox, uploads, drafts } = from;
  drafts.forget(conversationId);
  outbox.startOver(conversationId);
  uploads.forget(conversationId, new Set(outbox.entries.value.flatMap(({ fileIds = [] }) => fileIds)));
  await asDiskMay(database.delete('drafts', conversationId));
}

async function sendMessage(
  { conversationId, clientId, text, steer, fileIds = [] }: StoredMessage,
  { connection, uploads }: { connection: Connection; uploads: Uploads },
): Promise<{ eventId: number }> {
  const attachments = [...uploads.uploadIds(fileIds)];
  const message = { conversationId, clientId, text, ...(steer && { steer }) };
  try {
    const sent = await connection.command('message.send', {
      ...message,
      ...(attachments.length > 0 ? { attachments } : {}),
    });
    // What the computer now has in a message makes room for files that it put off.
    if (fileIds.length > 0) uploads.go();
    return sent;
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
  const isWaiting = computed(
    () => state.value.kind === 'live' && uploads.files.value.some((file) => file.state.kind === 'waiting'),
  );
  askAgain(isWaiting, () => uploads.go());
}

export function keepDelivering({ state }: Connection, outbox: Outbox): void {
  effect(() => {
    if (state.value.kind === 'live') void outbox.deliver();
  });
  const isWaiting = computed(
    () => state.value.kind === 'live' && outbox.entries.value.some((entry) => entry.state === 'waiting'),
  );
  askAgain(isWaiting, () => void outbox.deliver());
}

/** What was put off for the disk’s sake goes on the moment that the disk is well again. */
function goOnAfter(trouble: ReadonlySignal<unknown>, goOn: () => void): void {
  let wasThere = false;
  effect(() => {
    if (wasThere && !trouble.value) goOn();
    wasThere = trouble.value !== undefined;
  });
}

/** What the computer put off, it is asked again, less and less often. */
function askAgain(isWaiting: ReadonlySignal<boolean>, ask: () => void): void {
  effect(() => {
    if (!isWaiting.value) return undefined;
    const backOff = createBackOff(Math.random);
    let timer: ReturnType<typeof setTimeout>;
    const later = () => {
      timer = setTimeout(
        () => {
          ask();
          later();
        },
        Math.max(soonestMs, backOff.next()),
      );
    };
    later();
    return () => clearTimeout(timer);
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
