// What this page knows of the computer's logs: the lobby, and the conversations that were opened, kept at their cursors.
// Everything in here comes from a log by the one fold; nothing is guessed ahead of it.
import { batch, effect, type ReadonlySignal } from '@preact/signals';
import { fold } from '../daemon/protocol/fold.ts';
import { emptyLobby, foldLobby, type LobbyView } from '../daemon/protocol/lobby.ts';
import { type ConversationView, emptyView, type Item } from '../daemon/protocol/view.ts';
import type { Trouble } from '../daemon/protocol/frames.ts';
import type { Connection } from './connection/connection.ts';
import { type FollowedLog, followLog, type LogState } from './connection/follow-log.ts';
import { createOlderPages, isUnsettled, type OlderPages } from './older-pages.ts';

export interface OpenConversation {
  readonly conversationId: string;
  readonly view: ReadonlySignal<ConversationView>;
  readonly state: ReadonlySignal<LogState>;
  /** Why it takes nothing new: its own damage, or the computer's disk. */
  readonly trouble: ReadonlySignal<Trouble | undefined>;
  /** What lies before the view's first page. */
  readonly older: OlderPages;
}

export interface Store {
  readonly lobby: ReadonlySignal<LobbyView>;
  readonly lobbyState: ReadonlySignal<LogState>;
  /** What is wrong with the computer's disk. */
  readonly trouble: ReadonlySignal<Trouble | undefined>;
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

export function createStore(
  connection: Pick<Connection, 'follow'>,
  { fetchPage, startedOver }: { fetchPage: FetchPage; startedOver: (conversationId: string) => void },
): Store {
  const lobby = followLog({ log: 'lobby', empty: emptyLobby, fold: foldLobby, parse: asLobby });
  const held = new Map<string, Held>();
  connection.follow(lobby);

  function hold(conversationId: string): Held {
    const followed = followLog({
      ...{ log: conversationId, empty: emptyView, fold, parse: asConversation },
      startedOver: () => startedOver(conversationId),
    });
    const { view, state, trouble } = followed;
    const older = createOlderPages((page) => fetchPage(conversationId, page));
    doubtWhenChanged(view, older);
    const conversation: OpenConversation = { conversationId, view, state, trouble, older };
    return { conversation, followed, stop: undefined };
  }

  return {
    lobby: lobby.view,
    lobbyState: lobby.state,
    trouble: lobby.trouble,
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

/** What was going on is over with its turn; going back to an earlier message sets aside what followed it. */
function doubtWhenChanged(view: ReadonlySignal<ConversationView>, older: OlderPages): void {
  let { turn, branch } = view.peek();
  effect(() => {
    const now = view.value;
    if (turn !== null && now.turn === null) older.doubt(isUnsettled);
    if (branch !== now.branch) older.doubt(() => true);
    ({ turn, branch } = now);
  });
}

// A snapshot is the result of this same fold on the computer, of this same build or one that it says is compatible.
function asLobby(snapshot: { readonly last: number }): LobbyView {
  return { ...emptyLobby, ...snapshot } as LobbyView;
}

function asConversation(snapshot: { readonly last: number }): ConversationView {
  return { ...emptyView, ...snapshot } as ConversationView;
}
