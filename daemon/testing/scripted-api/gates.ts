// Gates in mid-stream: a reply waits at a named gate until a test lets it go on, and the test can wait until
// the reply has got there. This is what replaces sleeps. A gate opened before anybody came lets one through.

export interface Gates {
  /** Waits at `gate`; resolves when it is released, or when `signal` aborts because the client has gone. */
  pass(gate: string, signal: AbortSignal): Promise<void>;
  /** Lets all who wait at `gate` go on; if nobody waits, the next one. */
  release(gate: string): void;
  /** Resolves when a reply waits at `gate`, at once if one does already. */
  waiting(gate: string): Promise<void>;
  /** Lets everybody go on, now and later. */
  openAll(): void;
}

interface Gate {
  readonly held: Set<() => void>;
  readonly watchers: Set<() => void>;
  isOpenForNext: boolean;
}

export function createGates(): Gates {
  const gates = new Map<string, Gate>();
  let allOpen = false;

  const at = (name: string): Gate => {
    const gate = gates.get(name) ?? { held: new Set(), watchers: new Set(), isOpenForNext: false };
    gates.set(name, gate);
    return gate;
  };

  return {
    pass(name, signal) {
      const gate = at(name);
      drain(gate.watchers);
      if (allOpen || signal.aborted || gate.isOpenForNext) {
        gate.isOpenForNext = false;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const goOn = () => {
          gate.held.delete(goOn);
          signal.removeEventListener('abort', goOn);
          resolve();
        };
        gate.held.add(goOn);
        signal.addEventListener('abort', goOn);
      });
    },
    release(name) {
      const gate = at(name);
      if (gate.held.size === 0) gate.isOpenForNext = true;
      drain(gate.held);
    },
    waiting(name) {
      const gate = at(name);
      return gate.held.size > 0 ? Promise.resolve() : new Promise((resolve) => gate.watchers.add(resolve));
    },
    openAll() {
      allOpen = true;
      for (const gate of gates.values()) drain(gate.held);
    },
  };
}

function drain(calls: Set<() => void>): void {
  const all = [...calls];
  calls.clear();
  for (const call of all) call();
}
