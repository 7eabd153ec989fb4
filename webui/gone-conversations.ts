// What this device keeps of conversations that were deleted goes when the deletion is known: while the page is open, or at the
// next start, when the computer's list lacks what the disk still has something of.
import { effect, type ReadonlySignal } from '@preact/signals';
import type { LobbyView } from '../daemon/protocol/lobby.ts';
import type { LogState } from './connection/follow-log.ts';
import type { Database } from './database.ts';

/** Conversations that this device keeps something of. To be read before the lobby is: what the lobby then lacks is gone for sure. */
export async function keptConversations(disk: Pick<Database, 'all' | 'keys'>): Promise<ReadonlySet<string>> {
  const [drafts, messages, files] = await Promise.all([
    disk.keys('drafts'),
    disk.all('outbox'),
    disk.all('files'),
  ]);
  return new Set([...drafts, ...[...messages, ...files].map(({ conversationId }) => conversationId)]);
}

/** `forget` is called once for each that was kept or listed before and is listed no longer. */
export function forgetGone(options: {
  lobby: ReadonlySignal<Pick<LobbyView, 'conversations'>>;
  lobbyState: ReadonlySignal<LogState>;
  kept: ReadonlySet<string>;
  forget: (conversationId: string) => void;
}): void {
  const { lobby, lobbyState, kept, forget } = options;
  const known = new Set(kept);
  effect(() => {
    const { conversations } = lobby.value;
    // Before it is live, the list is not whole.
    if (lobbyState.value !== 'live') return;
    for (const conversationId of known) {
      if (Object.hasOwn(conversations, conversationId)) continue;
      known.delete(conversationId);
      forget(conversationId);
    }
    for (const conversationId of Object.keys(conversations)) known.add(conversationId);
  });
}
