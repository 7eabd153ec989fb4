// Keeps a log's checkpoint beside it: finds the one that is there, if the log still bears it out, and writes a new one each
// time the log has grown by enough. A checkpoint that cannot be written costs nothing but time at the next start.
import type { EventLog, LoggedEvent } from '../ports.ts';
import { isDelta } from '../protocol/folded-deltas.ts';
import { type ConversationView, emptyView } from '../protocol/view.ts';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint } from './checkpoint.ts';
import type { Head } from './folded-log.ts';
import { createKeptEvents } from './kept-events.ts';

/** Folding so many events takes about a tenth of a second. */
const worth = 4000;

export async function keepCheckpoint(options: {
  log: EventLog;
  /** Names the fold: another build's checkpoint is void. */
  version: string;
  failed: (error: unknown) => void;
}): Promise<Head<ConversationView>> {
  const { log, version, failed } = options;
  const found = await find(log, version);
  const keptEvents = createKeptEvents();
  for (const event of found?.kept ?? []) keptEvents.see(event);
  let saved = found?.view.last ?? 0;
  let isSaving = false;

  async function save(checkpoint: Checkpoint<ConversationView>): Promise<void> {
    isSaving = true;
    try {
      await log.checkpoint.write(await encodeCheckpoint(checkpoint, version));
    } finally {
      isSaving = false;
    }
  }

  return {
    view: found?.view ?? emptyView,
    kept: found?.kept ?? [],
    folded(view, events) {
      for (const event of events) keptEvents.see(event);
      const mark = events.at(-1);
      // A delta may be folded away, and the log could not be known again by it. Nothing is written on the way through a log
      // that is just being read, only at its end.
      if (!mark || isDelta(mark) || isSaving || view.last - saved < worth || view.last < log.head) return;
      saved = view.last;
      save({ view, kept: keptEvents.list(), mark: markOf(mark) }).catch(failed);
    },
  };
}

async function find(log: EventLog, version: string): Promise<Checkpoint<ConversationView> | undefined> {
  const bytes = await log.checkpoint.read();
  const found = bytes && (await decodeCheckpoint<ConversationView>(bytes, version));
  if (!found) return undefined;
  const [event] = await log.read(found.view.last - 1, 1);
  const isOurs = event !== undefined && JSON.stringify(markOf(event)) === JSON.stringify(found.mark);
  return isOurs ? found : undefined;
}

function markOf({ id, at, type }: LoggedEvent): Checkpoint<ConversationView>['mark'] {
  return { id, at, type };
}
