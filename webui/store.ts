// What this page knows of the computer's logs: the lobby, and the conversations that were opened, kept at their cursors.
// Everything in here comes from a log by the one fold; nothing is guessed ahead of it.
import { batch, type ReadonlySignal } from '@preact/signals';
import { fold } from '../daemon/protocol/fold.ts';
import { emptyLobby, foldLobby, type LobbyView } from '../daemon/protocol/lobby.ts';
import { type ConversationView, emptyView, type Item } from '../daemon/protocol/view.ts';
import type { Connection } from './connection/connection.ts';
import { type FollowedLog, followLog, type LogState } from './connection/follow-log.ts';

export interface OpenConversation {
  readonly conversationId: string;
  readonly view: ReadonlySignal<ConversationView>;
  readonly state: ReadonlySignal<LogState>;
  /** Brings the page before the first that is held. Resolves at once when there is none, or it is on its way. */
  loadOlder(): Promise<void>;
}

export interface Store {
  readonly lobby: ReadonlySignal<LobbyView>;
  readonly lobbyState: ReadonlySignal<LogState>;
  /** Follows the conversation until the disposer is called; what was read is kept for the next time. */
  open(conversationId: string): OpenConversation;
  leave(conversationId: string): void;
}

export type FetchPage = (conversationId: string, page: number) => Promise<readonly Item[]>;

/** Conversations whose views stay in memory after they were left. */
const kept = 8;

interface Held {
  readonly conversation: OpenConversation;
  readonly followed: FollowedLog<ConversationView>;
  stop: (() => void) | undefined;
}

export function createStore(connection: Pick<Connection, 'follow'>, fetchPage: FetchPage): Store {
  const lobby = followLog({ log: 'lobby', empty: emptyLobby, fold: foldLobby, parse: asLobby });
  const held = new Map<string, Held>();
  connection.follow(lobby);

  function hold(conversationId: string): Held {
    const followed = followLog({ log: conversationId, empty: emptyView, fold, parse: asConversation });
    const { view, state } = followed;
    let loading: Promise<void> | undefined;

    async function loadPage(page: number): Promise<void> {
      const items = await fetchPage(conversationId, page);
      followed.amend((now) => (now.dropped === page + 1 ? withOlder(now, items) : now));
    }
    const conversation: OpenConversation = {
      conversationId,
      view,
      state,
      loadOlder() {
        const page = view.value.dropped - 1;
        if (page < 0) return Promise.resolve();
        loading ??= loadPage(page).finally(() => {
          loading = undefined;
        });
        return loading;
      },
    };
    return { conversation, followed, stop: undefined };
  }

  return {
    lobby: lobby.view,
    lobbyState: lobby.state,
    open(conversationId) {
      const entry = held.get(conversationId) ?? hold(conversationId);
      held.delete(conversationId);
      held.set(conversationId, entry);
      batch(() => {
        entry.stop ??= connection.follow(entry.followed);
      });
      for (const [id, { stop }] of held) if (held.size > kept && !stop) held.delete(id);
      return entry.conversation;
    },
    leave(conversationId) {
      const entry = held.get(conversationId);
      entry?.stop?.();
      if (entry) entry.stop = undefined;
    },
  };
}

export function withOlder(view: ConversationView, items: readonly Item[]): ConversationView {
  return { ...view, pages: [items, ...view.pages], dropped: view.dropped - 1 };
}

// A snapshot is the result of this same fold on the computer, of this same build or one that it says is compatible.
function asLobby(snapshot: { readonly last: number }): LobbyView {
  return { ...emptyLobby, ...snapshot } as LobbyView;
}

function asConversation(snapshot: { readonly last: number }): ConversationView {
  return { ...emptyView, ...snapshot } as ConversationView;
}
