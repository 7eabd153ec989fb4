// Whether anything new may be begun: a person pauses all at the computer or on a phone, and nothing is given to Claude until
// somebody resumes. Kept in the lobby, so it outlives the daemon. Turns that run go on to their end.
import type { Lobby } from './lobby.ts';

export interface PauseAll {
  readonly isOn: boolean;
  /** Resolves when it is on disk; once more is once. */
  begin(by: { readonly deviceId: string; readonly label: string }): Promise<void>;
  end(by: { readonly deviceId: string }): Promise<void>;
}

/** `resumed`: what waits may go on. */
export function createPauseAll({ lobby, resumed }: { lobby: Lobby; resumed: () => void }): PauseAll {
  return {
    get isOn() {
      return lobby.accepted.paused !== null;
    },
    async begin({ deviceId, label }) {
      if (lobby.accepted.paused === null) await lobby.record({ type: 'daemon.paused', deviceId, label });
    },
    async end({ deviceId }) {
      if (lobby.accepted.paused === null) return;
      await lobby.record({ type: 'daemon.resumed', deviceId });
      resumed();
    },
  };
}
