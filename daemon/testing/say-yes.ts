// Somebody at the computer who allows whatever a device dares to ask for there.
import type { TestDaemon } from './test-daemon.ts';

export interface SaidYes {
  /** Rejects when a yes was not taken. To be called before the daemon stops. */
  stop(): Promise<void>;
}

/** Allows everything from now on. */
export async function sayYes({ owner }: TestDaemon): Promise<SaidYes> {
  const stopped = new AbortController();
  const head = await owner.lobbyHead();
  async function follow(): Promise<void> {
    for await (const event of owner.lobby(head, stopped.signal)) {
      if (event.type !== 'confirmation.requested') continue;
      const confirmationId = String(event['confirmationId']);
      await owner.run('confirmation.answer', { confirmationId, behavior: 'allow' });
    }
  }
  const following = follow().catch((error: unknown) => {
    if (!stopped.signal.aborted) throw error;
  });
  // Whoever stops it hears of it; until then nobody is there to be told.
  following.catch(() => undefined);
  return {
    stop() {
      stopped.abort();
      return following;
    },
  };
}
