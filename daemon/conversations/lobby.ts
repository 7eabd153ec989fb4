// The lobby log with its folded view: lists, the tray and the pair page are readers of it.
import type { EventLog, EventStore, LoggedEvent } from '../ports.ts';
import { emptyLobby, foldLobby, type LobbyDraft, type LobbyView } from '../protocol/lobby.ts';
import { isDiskFull } from './disk-trouble.ts';
import { foldLog } from './folded-log.ts';

export interface Lobby {
  readonly log: EventLog;
  /** As readers of the log see it. */
  readonly view: LobbyView;
  /** Includes what is still on its way to the disk. */
  readonly accepted: LobbyView;
  /** Conversations that were deleted; of some an earlier daemon may have left something on the disk. */
  readonly deleted: ReadonlySet<string>;
  /** Resolves when it is on disk. */
  record(draft: LobbyDraft): Promise<void>;
}

/**
 * `wasLost`: the list was damaged and begins anew; what it listed is in the conversations' own logs and has to be listed
 * again. What only it knew, the spending of past days, is in the log that is kept beside it.
 */
export async function openLobby(
  store: Pick<EventStore, 'open' | 'setAside'>,
): Promise<{ lobby: Lobby; wasLost: boolean }> {
  const log = await store.open('lobby');
  if (!log.damaged) return { lobby: await foldLobbyLog(log), wasLost: false };
  await store.setAside('lobby');
  return { lobby: await foldLobbyLog(await store.open('lobby')), wasLost: true };
}

async function foldLobbyLog(log: EventLog): Promise<Lobby> {
  const deleted = new Set<string>();
  const seen = ({ type, conversationId }: LoggedEvent) => {
    if (type === 'conversation.deleted') deleted.add(String(conversationId));
  };
  const folded = await foldLog<LobbyView>({ log, empty: emptyLobby, fold: foldLobby, seen });
  return {
    ...{ log, deleted },
    get view() {
      return folded.durable;
    },
    get accepted() {
      return folded.accepted;
    },
    // The first to find the disk full makes room for what is still to be noted.
    record: (draft) =>
      folded
        .append([draft])
        .durable.catch((error: unknown) =>
          isDiskFull(error) ? folded.append([draft]).durable : Promise.reject(error),
        ),
  };
}
