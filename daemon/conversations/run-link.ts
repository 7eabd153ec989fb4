// What ties a conversation to one run of Claude: the run's events go into the log in order, and when it ends, what it left
// open is settled honestly: a turn without a result is interrupted, a message it never confirmed is doubted.
import type { LoggedEvent, RunExit } from '../ports.ts';
import type { ClaudeSession, SourcedDraft } from '../ports/claude.ts';
import type { ConversationDraft } from '../protocol/events.ts';
import { findItem } from '../protocol/pages.ts';
import type { ConversationView } from '../protocol/view.ts';
import { lostTasks } from './tasks.ts';

/** Logs drafts; `durable` resolves when they are on disk and were acted on. */
export type RecordDrafts = (drafts: readonly ConversationDraft[]) => {
  events: readonly LoggedEvent[];
  durable: Promise<void>;
};

/** Stores the pictures of drafts and gives the drafts as they are to be logged. */
export type KeepPictures = (drafts: readonly SourcedDraft[]) => Promise<readonly ConversationDraft[]>;

/** Logs all that the run says behind spool byte `after`; resolves when the run is over and all is on disk. */
export async function logRun(
  session: ClaudeSession,
  after: number,
  { keepPictures, record }: { keepPictures: KeepPictures; record: RecordDrafts },
): Promise<void> {
  for await (const drafts of session.events(after)) {
    const hasPictures = drafts.some((draft) => draft.pictures !== undefined);
    await record(hasPictures ? await keepPictures(drafts) : drafts).durable;
  }
}

/** The events that close a run in the log. `exit` is undefined when nothing is left of the run but its name. */
export function settleRun(view: ConversationView, exit: RunExit | undefined): ConversationDraft[] {
  const drafts: ConversationDraft[] = lostTasks(view);
  const reason = view.turn?.stopping && isEnded(exit) ? notStopping : reasonOf(exit);
  for (const key of view.unanswered) {
    const message = findItem(view.pages, key);
    // Never given to a run, or given back: it will be.
    if (message?.kind === 'message' && message.state === 'sent') continue;
    const reached = message?.kind === 'message' && message.state === 'taken' && view.turn !== null;
    if (!reached) drafts.push({ type: 'message.doubted', messageId: key, reason });
  }
  if (view.turn) drafts.push({ type: 'turn.interrupted', turnId: view.turn.turnId, reason });
  if (view.runId !== null) {
    const { code = null, signal = null, stderr = '' } = exit ?? {};
    drafts.push({ type: 'run.ended', runId: view.runId, exitCode: code, signal, detail: stderr });
  }
  return drafts;
}

const notStopping = 'Claude did not stop when it was asked to, so its process was ended.';

function isEnded(exit: RunExit | undefined): boolean {
  return exit?.signal === 'SIGTERM' || exit?.signal === 'SIGKILL' || exit?.code === 143;
}

function reasonOf(exit: RunExit | undefined): string {
  if (!exit || (exit.code === null && exit.signal === null))
    return 'Claude was gone when Porchlight started again.';
  const how = exit.signal === null ? `exit code ${exit.code}` : exit.signal;
  const words = exit.stderr.split('\n').findLast((line) => line.trim() !== '');
  return `Claude stopped unexpectedly (${how})${words ? `: ${words.slice(0, 300)}` : '.'}`;
}
