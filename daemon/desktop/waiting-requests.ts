// All open requests of all conversations, as the tray and notices need them: read from the conversations' own views, and told
// anew when they change. Never answers one.
import type { Conversations } from '../conversations/conversations.ts';
import type { Lobby } from '../conversations/lobby.ts';
import { pause } from '../conversations/pause.ts';
import type { Dispose } from '../ports.ts';
import { AppError } from '../protocol/errors.ts';
import type { PermissionRequest } from '../protocol/view.ts';

export interface WaitingRequest extends PermissionRequest {
  readonly conversationId: string;
  readonly title: string;
  readonly cwd: string;
}

export interface WaitingRequests {
  /** Oldest first. */
  readonly list: readonly WaitingRequest[];
  close(): void;
}

export function followRequests(options: {
  lobby: Pick<Lobby, 'log' | 'view'>;
  conversations: Pick<Conversations, 'get'>;
  changed: () => void;
}): WaitingRequests {
  const { lobby, conversations, changed } = options;
  const followed = new Map<string, Dispose>();
  let list: readonly WaitingRequest[] = [];
  let isLooking = false;
  let isDue = false;
  let isOver = false;

  function look(): void {
    isDue = true;
    if (!isLooking) void lookAll();
  }

  async function lookAll(): Promise<void> {
    isLooking = true;
    while (isDue && !isOver) {
      isDue = false;
      // A log tells that it has grown before it is folded.
      await pause();
      const waiting = Object.values(lobby.view.conversations).filter((one) => one.waiting > 0);
      const found = (
        await Promise.all(waiting.map(({ conversationId }) => requestsOf(conversationId)))
      ).flat();
      forgetBut(new Set(waiting.map(({ conversationId }) => conversationId)));
      const now = found.toSorted((a, b) => a.at - b.at);
      if (keysOf(now) === keysOf(list)) continue;
      list = now;
      changed();
    }
    isLooking = false;
  }

  async function requestsOf(conversationId: string): Promise<readonly WaitingRequest[]> {
    try {
      const { view, log } = await conversations.get(conversationId);
      if (!isOver && !followed.has(conversationId)) followed.set(conversationId, log.watch(look));
      const { title, cwd } = view;
      return view.requests.map((request) => ({ ...request, conversationId, title, cwd }));
    } catch (error) {
      // Deleted meanwhile.
      if (error instanceof AppError) return [];
      throw error;
    }
  }

  function forgetBut(kept: ReadonlySet<string>): void {
    for (const [conversationId, unwatch] of followed) {
      if (kept.has(conversationId)) continue;
      unwatch();
      followed.delete(conversationId);
    }
  }

  const unwatch = lobby.log.watch(look);
  look();
  return {
    get list() {
      return list;
    },
    close() {
      isOver = true;
      unwatch();
      forgetBut(new Set());
    },
  };
}

function keysOf(list: readonly WaitingRequest[]): string {
  return list
    .map(({ conversationId, requestId, title }) => `${conversationId} ${requestId} ${title}`)
    .join('\n');
}
