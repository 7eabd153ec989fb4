// The lobby log with its folded view: lists, the tray and the pair page are readers of it.
import type { EventLog } from '../ports.ts';
import { emptyLobby, foldLobby, type LobbyDraft, type LobbyView } from '../protocol/lobby.ts';
import { foldLog } from './folded-log.ts';

export interface Lobby {
  readonly log: EventLog;
  /** As readers of the log see it. */
  readonly view: LobbyView;
  /** Includes what is still on its way to the disk. */
  readonly accepted: LobbyView;
  /** Resolves when it is on disk. */
  record(draft: LobbyDraft): Promise<void>;
}

export async function openLobby(log: EventLog): Promise<Lobby> {
  const folded = await foldLog<LobbyView>({ log, empty: emptyLobby, fold: foldLobby });
  return {
    log,
    get view() {
      return folded.durable;
    },
    get accepted() {
      return folded.accepted;
    },
    record: (draft) => folded.append([draft]).durable,
  };
}
