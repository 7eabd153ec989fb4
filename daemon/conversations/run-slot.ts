// The one run of a conversation, from start to end: started when there is something to say, followed into the log, ended when
// idle, taken up again after a daemon's restart. There is never a second one beside it.
import type { Clock, Disk, Dispose, Logger, Run } from '../ports.ts';
import type { Claude, ClaudeSession } from '../ports/claude.ts';
import { AppError } from '../protocol/errors.ts';
import { findItem } from '../protocol/pages.ts';
import type { ConversationView } from '../protocol/view.ts';
import type { CurrentRun } from './current-run.ts';
import { untilOnDisk } from './disk-trouble.ts';
import type { FoldedLog } from './folded-log.ts';
import type { Place, RunPlaces } from './run-places.ts';
import { stopTask } from './tasks.ts';
import { type KeepPictures, logRun, type RecordDrafts, settleRun } from './run-link.ts';

export interface RunSlot {
  /** The run to talk to; undefined when none is up, or when it is on its way out. */
  readonly session: ClaudeSession | undefined;
  /** The run that is up, or a new one. Rejects with `claude_unavailable`. */
  ready(): Promise<ClaudeSession>;
  /**
   * Asks something of the run that is up, or of a new one; until the answer is there no other conversation gets its place.
   * Rejects with `claude_unavailable`, and with what `ask` rejects with.
   */
  ask<T>(ask: (session: ClaudeSession) => Promise<T>): Promise<T>;
  /** Of the runs that an earlier daemon left for this conversation: goes on with the one in the log, ends the others. */
  takeUp(runs: readonly Run[]): Promise<void>;
  /** Something was said: the idle time begins anew. */
  touch(): void;
  /** A turn is over: when other conversations wait for a place, this one's next turn comes after theirs. */
  offer(): void;
  /** What was wanted of the run no longer is: when nothing else is, others that wait get its place. */
  spare(): void;
  /** Ends the run that is up; the next one starts from what the log says by then. */
  release(): Promise<void>;
  /** What a run is started with is another by now: the one that is up ends as soon as nothing is under way. */
  outdate(): void;
  /** Lets go; the process lives on. */
  detach(): Promise<void>;
  /** Ends the process and forgets it. */
  end(): Promise<void>;
}

export function createRunSlot(options: {
  claude: Claude;
  disk: Pick<Disk, 'blame'>;
  clock: Clock;
  logger: Logger;
  newId: () => string;
  idleMs: () => number;
  places: RunPlaces;
  folded: FoldedLog<ConversationView>;
  current: CurrentRun;
  record: RecordDrafts;
  keepPictures: KeepPictures;
}): RunSlot {
  const { claude, clock, logger, newId, folded, current, record } = options;
  let session: ClaudeSession | undefined;
  let following: Promise<void> = Promise.resolve();
  let starting: Promise<ClaudeSession> | undefined;
  let releasing: Promise<void> | undefined;
  let isLetGo = false;
  let isOutdated = false;
  let asking = 0;
  let cancelIdle: Dispose | undefined;
  let place: Place | undefined;
  const letGo = new AbortController();

  const holder = {
    giveUp(afterTurn: boolean): Promise<void> | undefined {
      if (starting || asking > 0 || isWanted(folded.accepted, afterTurn)) return undefined;
      return reap().catch((error: unknown) => logger.error('ending an idle run failed', error));
    },
  };

  /** Waits for a place if need be. */
  async function start(): Promise<ClaudeSession> {
    const waits = () => {
      record([{ type: 'run.awaited' }]).durable.catch((error: unknown) =>
        logger.warn('could not say that a run waits', { reason: String(error) }),
      );
    };
    const taken = await options.places.take(holder, { waits, signal: letGo.signal });
    try {
      const started = await startIn();
      follow(started, taken);
      return started;
    } catch (error) {
      taken.free();
      throw error;
    }
  }

  async function startIn(): Promise<ClaudeSession> {
    isOutdated = false;
    const { conversationId, cwd, mode, chosenModel: model, effort, branch } = folded.durable;
    const { resume, sessionId } = sessionFor(folded.durable, newId);
    const spec = { conversationId, cwd, mode, model, effort, resume, sessionId, branch };
    const started = await claude.start(spec);
    try {
      if (isLetGo) throw new AppError('conversation_not_found');
      await record([{ type: 'run.started', runId: started.runId, sessionId, resumed: resume }]).durable;
    } catch (error) {
      await started.kill();
      await claude.forget(started.runId);
      throw error;
    }
    return started;
  }

  function follow(started: ClaudeSession, taken: Place): void {
    session = started;
    place = taken;
    following = untilLogged(() => logRun(started, current.offset, options))
      .then(async () => {
        if (isLetGo) return;
        if (session === started) session = undefined;
        const exit = await started.exited;
        await untilLogged(() => record(settleRun(folded.accepted, exit)).durable);
        await claude.forget(started.runId);
      })
      .catch((error: unknown) => logger.error('following a run failed', error))
      .finally(taken.free);
  }

  /** What is not in the log yet still stands in the spool. */
  function untilLogged(write: () => Promise<void>): Promise<void> {
    const failed = (error: unknown) => logger.warn('not on disk; trying again', { reason: String(error) });
    return untilOnDisk(write, { disk: options.disk, clock, isOver: () => isLetGo, failed });
  }

  /** From here on nobody talks to the run; a new one waits for its end. */
  async function reap(): Promise<void> {
    const idle = session;
    session = undefined;
    await idle?.kill();
    await following;
  }

  /** A run that is about to be there is let go or ended like any other. */
  async function untilStarted(): Promise<void> {
    await starting?.catch((error: unknown) => logger.warn('no run to end', { reason: String(error) }));
  }

  function endOutdated(): void {
    if (!isOutdated || !session || starting || asking > 0 || isWanted(folded.accepted, true)) return;
    reap().catch((error: unknown) => logger.error('ending an outdated run failed', error));
  }

  function touch(): void {
    cancelIdle?.();
    cancelIdle = clock.after(options.idleMs(), () => {
      if (isWanted(folded.accepted, false)) return touch();
      reap().catch((error: unknown) => logger.error('ending an idle run failed', error));
    });
  }

  function spare(): void {
    if (!isWanted(folded.accepted, false)) place?.offer();
  }

  async function ready(): Promise<ClaudeSession> {
    await releasing;
    place?.touch();
    if (session) return session;
    await following;
    if (session) return session;
    starting ??= start().finally(() => {
      starting = undefined;
      // The message that it was started for may have been withdrawn.
      spare();
    });
    return starting;
  }

  return {
    get session() {
      return session;
    },
    ready,
    async ask(ask) {
      asking += 1;
      try {
        const answering = await ready();
        touch();
        return await ask(answering);
      } finally {
        asking -= 1;
        spare();
      }
    },
    async takeUp(runs) {
      const { runId, turn, unanswered, branch } = folded.durable;
      // A run that has said nothing since the conversation went elsewhere stands at the old place.
      const isElsewhere = branch !== null && turn === null && unanswered.length === 0;
      const own = isElsewhere ? undefined : runs.find((run) => run.runId === runId);
      for (const run of runs) {
        if (run === own) continue;
        await run.kill(2000);
        await claude.forget(run.runId);
      }
      if (own) {
        const attached = claude.attach(own);
        follow(attached, options.places.occupy(holder));
        touch();
        doAgain(attached, folded.durable, current, (what, done) => {
          done.catch((error: unknown) => logger.warn(`could not ${what}`, { reason: String(error) }));
        });
      } else if (runId !== null || turn || unanswered.length > 0) {
        const settle = () => record(settleRun(folded.accepted, undefined)).durable;
        // The daemon's start waits for this, and a disk may be full for long.
        await settle().catch(() => {
          untilLogged(settle).catch((error: unknown) => logger.error('a run could not be settled', error));
        });
      }
    },
    touch,
    offer() {
      endOutdated();
      place?.offer();
    },
    outdate() {
      isOutdated = true;
      endOutdated();
    },
    spare,
    release() {
      releasing ??= (async () => {
        // One that is about to be there began before the log said where to begin.
        await untilStarted();
        await reap();
      })().finally(() => {
        releasing = undefined;
      });
      return releasing;
    },
    async detach() {
      isLetGo = true;
      letGo.abort(new AppError('stopping'));
      cancelIdle?.();
      await untilStarted();
      session?.detach();
      await following;
    },
    async end() {
      isLetGo = true;
      letGo.abort(new AppError('conversation_not_found'));
      cancelIdle?.();
      await untilStarted();
      const last = session;
      await last?.kill();
      await following;
      if (last) await claude.forget(last.runId);
    },
  };
}

/** Something is under way, or about to be. `afterTurn`: what waits in the queue does not count. */
function isWanted(view: ConversationView, afterTurn: boolean): boolean {
  const { turn, queue, unanswered, requests, tasks } = view;
  if (turn || [unanswered, requests, tasks].some((list) => list.length > 0)) return true;
  return !afterTurn && queue.some((message) => !message.held);
}

/** A session that never said a word has nothing on disk to resume. */
function sessionFor(
  { branch, claudeVersion, sessionId }: ConversationView,
  newId: () => string,
): { resume: boolean; sessionId: string } {
  if (!branch) return { resume: claudeVersion !== null, sessionId: (claudeVersion && sessionId) ?? newId() };
  const resume = branch.anchor !== null;
  return { resume, sessionId: resume && !branch.fork ? branch.sessionId : newId() };
}

/**
 * What was logged may not have been done. Doing it twice does no harm: an answer or interrupt that comes late is ignored, and
 * a message that the CLI already has is not run again (it knows its uuid; measured with 2.1.329).
 */
function doAgain(
  attached: ClaudeSession,
  view: ConversationView,
  current: CurrentRun,
  act: (what: string, done: Promise<void>) => void,
): void {
  for (const event of current.answered) act('answer again', attached.answer(current.answerOf(event)));
  for (const key of view.unanswered) {
    const item = findItem(view.pages, key);
    if (item?.kind !== 'message' || item.state !== 'handed') continue;
    act(
      'hand over again',
      attached.send({ messageId: item.key, text: item.text, attachments: item.attachments }),
    );
  }
  for (const { taskId, stopping } of view.tasks)
    if (stopping) act('stop a task again', stopTask(attached, taskId));
}
