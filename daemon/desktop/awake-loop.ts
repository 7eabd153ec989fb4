// Keeps the computer awake while a turn runs and the person wants that, and not a moment longer. How is the port's affair.
import type { LobbyView } from '../protocol/lobby.ts';
import type { Awake, HoldAwake } from '../ports/desktop.ts';

export interface AwakeLoop {
  /** One sentence on whether it is kept awake. */
  readonly state: string;
  /** The lobby or the setting has changed. */
  refresh(): void;
  close(): void;
}

export function createAwakeLoop(options: {
  lobby: () => LobbyView;
  isWanted: () => boolean;
  hold: HoldAwake;
  /** `state` is another. */
  changed: () => void;
}): AwakeLoop {
  const { lobby, isWanted, hold, changed } = options;
  let held: Awake | undefined;
  /** Why it could not be held; until nothing runs any more, it is not tried again. */
  let trouble = '';

  function refresh(): void {
    const isRunning = Object.values(lobby().conversations).some(({ since }) => since !== null);
    const wants = isWanted() && isRunning;
    if (!wants) trouble = '';
    if (wants && !held && trouble === '') begin();
    else if (!wants && held) end();
  }

  function begin(): void {
    held = hold((reason) => {
      held = undefined;
      trouble = reason;
      changed();
    });
    changed();
  }

  function end(): void {
    held?.release();
    held = undefined;
    changed();
  }

  return {
    get state() {
      if (held) return 'The computer is kept awake, because Claude is working.';
      if (trouble !== '') return `The computer may fall asleep: ${trouble}`;
      return isWanted()
        ? 'The computer is kept awake while Claude works; nothing runs now.'
        : 'The computer may fall asleep while Claude works.';
    },
    refresh,
    close: end,
  };
}
