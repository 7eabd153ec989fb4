// Gathers translated events into batches: what comes while the taker is busy with the last batch goes out together, runs of
// text deltas are merged into one, and batches of nothing but deltas are at least 40 ms apart. The first delta goes at once.
import type { Clock } from '../ports.ts';
import type { SourcedDraft } from '../ports/claude.ts';

const deltaSpacing = 40;
/** Reading pauses when so many events wait to be taken. */
const maxWaiting = 2000;

/**
 * `source` gives what each line means; the events of one line stay in one batch, so that they are logged together. Ends when
 * `source` ends and all is taken; throws what `source` throws.
 */
export async function* createBatches(
  source: AsyncIterable<readonly SourcedDraft[]>,
  clock: Clock,
): AsyncGenerator<readonly SourcedDraft[]> {
  let waiting: SourcedDraft[] = [];
  let ended = false;
  let failure: unknown;
  /** The taker is gone. */
  let isLeft = false;
  let lastDelta = Number.NEGATIVE_INFINITY;
  const arrived = createBell();
  const taken = createBell();

  const filling = (async () => {
    try {
      for await (const drafts of source) {
        waiting.push(...drafts);
        arrived.ring();
        while (waiting.length >= maxWaiting && !isLeft) await taken.rung();
        if (isLeft) break;
      }
    } catch (error) {
      failure = error;
    }
    ended = true;
    arrived.ring();
  })();

  try {
    for (;;) {
      while (waiting.length === 0 && !ended) await arrived.rung();
      if (waiting.length === 0) break;
      while (waiting.every(isDelta) && !ended) {
        const due = lastDelta + deltaSpacing - clock.monotonic();
        if (due <= 0) break;
        // Armed anew each time: a timer may fire a little early, and nothing else may come for long.
        const cancel = clock.after(due, arrived.ring);
        await arrived.rung();
        cancel();
      }
      const batch = merged(waiting);
      waiting = [];
      if (batch.some(isDelta)) lastDelta = clock.monotonic();
      taken.ring();
      yield batch;
    }
    await filling;
    if (failure !== undefined) throw failure;
  } finally {
    isLeft = true;
    taken.ring();
  }
}

function isDelta(draft: SourcedDraft): boolean {
  return draft.type === 'text.delta' || draft.type === 'thinking.delta';
}

/** Neighbouring deltas of one block become one, with the source of the last. */
export function merged(drafts: readonly SourcedDraft[]): SourcedDraft[] {
  const result: SourcedDraft[] = [];
  for (const draft of drafts) {
    const before = result.at(-1);
    if (
      (draft.type === 'text.delta' || draft.type === 'thinking.delta') &&
      before?.type === draft.type &&
      before.blockId === draft.blockId
    ) {
      result[result.length - 1] = { ...draft, text: before.text + draft.text };
    } else {
      result.push(draft);
    }
  }
  return result;
}

/** `rung` resolves at the next ring; a ring while nobody waits is kept for the next who asks. */
function createBell(): { ring: () => void; rung: () => Promise<void> } {
  let kept = false;
  let wake: (() => void) | undefined;
  return {
    ring() {
      if (wake) wake();
      else kept = true;
      wake = undefined;
    },
    rung: () =>
      new Promise((resolve) => {
        if (kept) {
          kept = false;
          resolve();
        } else wake = resolve;
      }),
  };
}
