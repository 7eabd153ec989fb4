// Keeps an eye on whether `claude` can be used: checked at the start and when somebody asks, and again every few seconds for
// as long as something is missing, so that a fix is noticed without a restart.
import type { Clock, Dispose } from '../ports.ts';
import type { ClaudeHealth } from '../protocol/lobby.ts';

const recheckMs = 5000;

export interface HealthWatch {
  /** As last seen. */
  readonly current: ClaudeHealth;
  /** Checks now; checks that overlap are one. */
  check(): Promise<ClaudeHealth>;
  /** The last result when it was good, otherwise a check. */
  ready(): Promise<ClaudeHealth>;
  close(): void;
}

export function watchHealth(options: {
  check: () => Promise<ClaudeHealth>;
  clock: Clock;
  /** Called when it differs from what it was before. */
  changed: (health: ClaudeHealth) => void;
  initial: ClaudeHealth;
}): HealthWatch {
  const { clock } = options;
  let current = options.initial;
  let checking: Promise<ClaudeHealth> | undefined;
  let cancel: Dispose | undefined;
  let closed = false;

  async function look(): Promise<ClaudeHealth> {
    const health = await options.check();
    checking = undefined;
    if (closed) return health;
    const differs = JSON.stringify(health) !== JSON.stringify(current);
    current = health;
    if (differs) options.changed(health);
    cancel?.();
    if (health.state !== 'ready') cancel = clock.after(recheckMs, () => void check());
    return health;
  }

  function check(): Promise<ClaudeHealth> {
    checking ??= look();
    return checking;
  }

  return {
    get current() {
      return current;
    },
    check,
    ready: async () => (current.state === 'ready' && checking === undefined ? current : check()),
    close() {
      closed = true;
      cancel?.();
    },
  };
}
