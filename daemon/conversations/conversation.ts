// One conversation: commands are decided and logged, then the log is acted on (react): messages go to Claude one turn at a
// time, answers and stops go to the run, and what the run says comes back into the log. No transport knows this file.
import type { Claude, ClaudeSession, Clock, Dispose, EventLog, LoggedEvent, Logger, Run } from '../ports.ts';
import { AppError } from '../protocol/errors.ts';
import { type ConversationDraft, knownEvent } from '../protocol/events.ts';
import { fold } from '../protocol/fold.ts';
import { findItem } from '../protocol/pages.ts';
import { type ConversationView, emptyView, type MessageItem } from '../protocol/view.ts';
import { type ConversationCommand, decide, titleFrom } from './decide.ts';
import { foldLog } from './folded-log.ts';
import { logRun, settleRun } from './run-link.ts';
import { createCurrentRun } from './current-run.ts';
import { createSentMessages } from './sent-messages.ts';

export interface Conversation {
  readonly log: EventLog;
  /** As readers of the log see it. */
  readonly view: ConversationView;
  /** Rejects with an AppError when refused. Resolves when the outcome is on disk. */
  handle(command: ConversationCommand, deviceId: string): Promise<{ eventId: number }>;
  /** After a daemon's start: takes up the run that an earlier one left, or settles what it left undone. */
  recover(run: Run | undefined): Promise<void>;
  /** Claude can be started again: hands over what waits. */
  wake(): void;
  /** Lets go of the run, which goes on. */
  close(): Promise<void>;
  /** Ends the run; for a conversation that is deleted. */
  end(): Promise<void>;
}

export interface ConversationOptions {
  readonly log: EventLog;
  readonly claude: Claude;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly newId: () => string;
  /** The mode that asks for nothing may be chosen. */
  readonly mayBypass: boolean;
  /** A run without a turn is ended after this, ms. */
  readonly idleMs: number;
  /** Called when the durable view has changed in a way that lists show. */
  readonly changed: (view: ConversationView) => void;
}

export async function openConversation(options: ConversationOptions): Promise<Conversation> {
  const { log, claude, clock, logger, newId } = options;
  const sent = createSentMessages();
  const current = createCurrentRun();
  const folded = await foldLog<ConversationView>({ log, empty: emptyView, fold, seen });
  let session: ClaudeSession | undefined;
  let following: Promise<void> | undefined;
  let handing = false;
  let closed = false;
  let cancelIdle: Dispose | undefined;

  function seen(raw: LoggedEvent): void {
    const event = knownEvent(raw);
    if (event?.type === 'message.sent') {
      const { deviceId, clientId, text, id: eventId } = event;
      sent.add(deviceId, clientId, { eventId, text, durable: Promise.resolve() });
    }
    if (event) current.see(event);
  }

  /** Logs, and once it is durable tells the lists and acts on it. */
  function record(drafts: readonly ConversationDraft[]): {
    events: readonly LoggedEvent[];
    durable: Promise<void>;
  } {
    const { events, durable } = folded.append(drafts);
    return {
      events,
      durable: durable.then(() => {
        if (events.some((event) => !event.type.endsWith('.delta'))) options.changed(folded.durable);
        for (const event of events) react(event);
      }),
    };
  }

  function react(raw: LoggedEvent): void {
    const event = knownEvent(raw);
    switch (event?.type) {
      case 'message.sent':
      case 'message.steered':
      case 'turn.finished':
      case 'turn.interrupted':
      case 'run.ended':
        void handOver();
        restartIdleTimer();
        break;
      case 'conversation.configured':
        act('configure', session?.configure(event));
        break;
      case 'turn.stopRequested':
        act('interrupt', session?.interrupt());
        break;
      case 'permission.answered':
        act('answer', session?.answer(current.answerOf(event)));
        break;
      default:
    }
  }

  /** An act on a run that is gone by now needs no report: its end is an event of its own. */
  function act(what: string, done: Promise<void> | undefined): void {
    done?.catch((error: unknown) => logger.warn(`could not ${what}`, { reason: String(error) }));
  }

  /** Gives Claude what it can take now. Looks again after each, so that nothing that changed meanwhile is missed. */
  async function handOver(): Promise<void> {
    if (handing) return;
    handing = true;
    try {
      for (let message = nextFor(folded.durable); message && !closed; message = nextFor(folded.durable)) {
        const run = session ?? (await startRun());
        await record([{ type: 'message.handed', messageId: message.key, runId: run.runId }]).durable;
        await run.send({ messageId: message.key, text: message.text });
      }
    } catch (error) {
      await giveUpHanding(error);
    } finally {
      handing = false;
    }
  }

  /** The message stays where it is: waiting, or handed to a run whose end will settle it. */
  async function giveUpHanding(error: unknown): Promise<void> {
    if (error instanceof AppError && error.code === 'claude_unavailable') {
      await record([{ type: 'notice.raised', severity: 'error', text: error.message }]).durable;
    } else {
      logger.error('handing a message to Claude failed', error);
    }
  }

  async function startRun(): Promise<ClaudeSession> {
    const { conversationId, cwd, mode, chosenModel: model, effort, costUsd: costBefore } = folded.durable;
    const sessionId = folded.durable.sessionId ?? newId();
    const resume = folded.durable.sessionId !== null;
    const started = await claude.start({
      ...{ conversationId, cwd, mode, model, effort, sessionId, resume, costBefore },
    });
    await record([{ type: 'run.started', runId: started.runId, sessionId, resumed: resume, costBefore }])
      .durable;
    follow(started, 0);
    return started;
  }

  function follow(started: ClaudeSession, after: number): void {
    session = started;
    following = logRun(started, after, record)
      .then(async () => {
        if (closed) return;
        session = undefined;
        await record(settleRun(folded.accepted, await started.exited)).durable;
        await claude.forget(started.runId);
      })
      .catch((error: unknown) => logger.error('following a run failed', error));
  }

  function restartIdleTimer(): void {
    cancelIdle?.();
    cancelIdle = clock.after(options.idleMs, () => {
      const { turn, queue } = folded.durable;
      if (turn || queue.length > 0 || session?.isBusy) return restartIdleTimer();
      act('end the idle run', session?.kill());
    });
  }

  return {
    log,
    get view() {
      return folded.durable;
    },
    async handle(command, deviceId) {
      if (command.type === 'message.send') {
        const before = await sent.find(deviceId, command.clientId, command.text);
        if (before !== undefined) return { eventId: before };
      }
      const decision = decide(folded.accepted, command, {
        deviceId,
        newId: newId(),
        mayBypass: options.mayBypass,
      });
      if ('refusal' in decision) throw new AppError(decision.refusal);
      const first = folded.accepted.title === '' && command.type === 'message.send';
      const naming: ConversationDraft[] = first
        ? [{ type: 'conversation.renamed', title: titleFrom(command.text) }]
        : [];
      const { events, durable } = record([...decision.drafts, ...naming]);
      const eventId = events[0]?.id ?? folded.accepted.last;
      if (command.type === 'message.send')
        sent.add(deviceId, command.clientId, { eventId, text: command.text, durable });
      await durable;
      return { eventId };
    },
    async recover(run) {
      const { runId, turn } = folded.durable;
      if (run && run.runId === runId) {
        const attached = claude.attach(run, { costBefore: current.costBefore });
        follow(attached, current.offset);
        // What was logged may not have been done. Doing it twice does no harm: an answer or interrupt that comes late is
        // ignored, and a message that the CLI already has is not run again (its uuid is known; measured with 2.1.329).
        for (const event of current.answered) act('answer again', attached.answer(current.answerOf(event)));
        for (const message of handedOver(folded.durable)) act('hand over again', attached.send(message));
        if (turn?.stopping) act('interrupt again', attached.interrupt());
        return;
      }
      if (run) {
        await run.kill(2000);
        await claude.forget(run.runId);
      }
      if (runId !== null) await record(settleRun(folded.accepted, undefined)).durable;
      else void handOver();
    },
    wake: () => void handOver(),
    async close() {
      closed = true;
      cancelIdle?.();
      session?.detach();
      await following;
    },
    async end() {
      closed = true;
      cancelIdle?.();
      await session?.kill();
      if (session) await claude.forget(session.runId);
    },
  };
}

/** A message at a time, when no turn is under way; one that steers goes at once. */
function nextFor({ queue, turn, unanswered }: ConversationView): MessageItem | undefined {
  return turn || unanswered.length > 0 ? queue.find((message) => message.steer) : queue[0];
}

/** Messages that were given to the run and that it has not confirmed. */
function handedOver(view: ConversationView): { messageId: string; text: string }[] {
  const items = view.unanswered.map((key) => findItem(view.pages, key));
  return items.flatMap((item) =>
    item?.kind === 'message' && item.state === 'handed' ? [{ messageId: item.key, text: item.text }] : [],
  );
}
