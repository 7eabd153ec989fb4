// How many runs of Claude may be up at once, and who is next: each is a process of some 200 MB. First come, first served; a run
// that has nothing to do makes room, and after each turn one that has more to say goes to the end of the line.
// Knows no conversation and no process: whoever holds a place says how to give it up.

export interface Holder {
  /**
   * Ends what holds the place; resolves when it is gone. Undefined: something is under way in it. `afterTurn`: what is yet to
   * begin can wait.
   */
  giveUp(afterTurn: boolean): Promise<void> | undefined;
}

export interface Place {
  /** Something was said or done here: others are asked to make room before it. */
  touch(): void;
  /** A turn is over. When others wait, the holder is asked to give the place up. */
  offer(): void;
  /** Nothing holds it any longer. Safe to call twice. */
  free(): void;
}

export interface RunPlaces {
  /**
   * Resolves with a place when there is one. `waits` is called when it is not at once. Rejects with the signal's reason when
   * that fires first.
   */
  take(holder: Holder, options: { waits: () => void; signal: AbortSignal }): Promise<Place>;
  /** For a run that is up already: counts, even beyond the limit. */
  occupy(holder: Holder): Place;
  /** The limit is another: those that wait come in, if there is room now. */
  look(): void;
}

interface Held {
  readonly holder: Holder;
  isLeaving: boolean;
}

export function createRunPlaces(limit: () => number): RunPlaces {
  /** Least recently used first. */
  const held = new Set<Held>();
  const line: (() => void)[] = [];

  function place(holder: Holder): Place {
    const own: Held = { holder, isLeaving: false };
    held.add(own);
    return {
      touch() {
        if (!held.delete(own)) return;
        held.add(own);
      },
      offer() {
        if (line.length > 0) ask(own, true);
      },
      free() {
        if (held.delete(own)) admit();
      },
    };
  }

  function admit(): void {
    while (held.size < limit()) {
      const next = line.shift();
      if (!next) return;
      next();
    }
    makeRoom();
  }

  /** Asks those that hold a place, the longest unused first, until as many leave as wait. */
  function makeRoom(): void {
    let wanted = line.length - [...held].filter((one) => one.isLeaving).length;
    for (const one of held) {
      if (wanted <= 0) return;
      if (!one.isLeaving && ask(one, false)) wanted -= 1;
    }
  }

  /** Whether it leaves; then its place is free when it is gone. */
  function ask(one: Held, afterTurn: boolean): boolean {
    if (one.isLeaving) return true;
    const leaving = one.holder.giveUp(afterTurn);
    if (!leaving) return false;
    one.isLeaving = true;
    void leaving.finally(() => {
      if (held.delete(one)) admit();
    });
    return true;
  }

  return {
    occupy: place,
    look: admit,
    take(holder, { waits, signal }) {
      if (held.size < limit() && line.length === 0) return Promise.resolve(place(holder));
      return new Promise((resolve, reject) => {
        const enter = () => {
          signal.removeEventListener('abort', leave);
          resolve(place(holder));
        };
        const leave = () => {
          line.splice(line.indexOf(enter), 1);
          reject(signal.reason);
        };
        if (signal.aborted) return reject(signal.reason);
        signal.addEventListener('abort', leave, { once: true });
        line.push(enter);
        waits();
        makeRoom();
      });
    },
  };
}
