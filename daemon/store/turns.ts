// Who may touch the files of a log when: writers one after the other, readers many at a time but not while a file is replaced.

/** Runs what it is given one at a time, in order; what fails does not keep the next from running. */
export function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(toldToItsCaller);
    return done;
  };
}

export interface Gate {
  /** Runs at once, or when the gate is open again. */
  pass<T>(work: () => Promise<T>): Promise<T>;
  /** Lets nobody in, waits until all are out, runs, and opens again. One at a time. */
  shut<T>(work: () => Promise<T>): Promise<T>;
}

export function createGate(): Gate {
  let inside = 0;
  let isOut: (() => void) | undefined;
  let opens: Promise<void> | undefined;
  return {
    async pass(work) {
      while (opens !== undefined) await opens;
      inside += 1;
      try {
        return await work();
      } finally {
        inside -= 1;
        if (inside === 0) isOut?.();
      }
    },
    async shut(work) {
      let open = () => {};
      opens = new Promise((resolve) => {
        open = resolve;
      });
      try {
        if (inside > 0)
          await new Promise<void>((resolve) => {
            isOut = resolve;
          });
        return await work();
      } finally {
        isOut = undefined;
        opens = undefined;
        open();
      }
    },
  };
}

function toldToItsCaller(): void {}
