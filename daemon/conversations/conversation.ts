// One conversation: commands are decided and logged, then the log is acted on (react): messages go to Claude one turn at a
// time, answers and stops go to the run, and what the run says comes back into the log. No transport knows this file.
import type { Clock, Disk, EventLog, LoggedEvent, Logger, Run } from '../ports.ts';
import type { Claude } from '../ports/claude.ts';
import type { Catalog } from '../protocol/catalog.ts';
import type { ContextUsage } from '../protocol/context-usage.ts';
import { AppError } from '../protocol/errors.ts';
import { type ConversationDraft, knownEvent } from '../protocol/events.ts';
import { fold } from '../protocol/fold.ts';
import type { Limit } from '../protocol/usage.ts';
import { type ConversationView, emptyView } from '../protocol/view.ts';
import { type Asker, type ConversationCommand, decide, titleFrom } from './decide.ts';
import { foldLog } from './folded-log.ts';
import { createHanding } from './handing.ts';
import { keepCheckpoint } from './kept-checkpoint.ts';
import type { KeepPictures } from './run-link.ts';
import { isDiskFull, refuseInTrouble } from './disk-trouble.ts';
import { createPast, type Past } from './past.ts';
import type { RunPlaces } from './run-places.ts';
import { createRunSlot } from './run-slot.ts';
import { createStopping } from './stopping.ts';
import { moveToBackground, stopTask } from './tasks.ts';
import type { ToolWork } from './tool-work.ts';
import { createTitles } from './titles.ts';
import { createCurrentRun } from './current-run.ts';
import { createSentMessages } from './sent-messages.ts';
import type { Uploads } from './uploads.ts';

export interface Conversation {
  readonly log: EventLog;
  /** As readers of the log see it. */
  readonly view: ConversationView;
  /** Rejects with an AppError when refused. Resolves when the outcome is on disk. */
  handle(command: ConversationCommand, deviceId: string): Promise<{ eventId: number }>;
  /** After a daemon's start: takes up the runs that an earlier one left here, and settles what it left undone. */
  recover(runs: readonly Run[]): Promise<void>;
  /** Claude can be started again, the disk be written to, or a device was shut out: looks anew at what waits. */
  wake(): void;
  /** What Claude is started with is another by now: its run begins anew, unseen, when nothing is under way. */
  renewRun(): void;
  /** As `renewRun`, and its rest is counted anew. */
  settingsChanged(): void;
  /** What can be said with `/` here, and which models there are. Starts Claude if nobody knows: `claude_unavailable`. */
  catalog(): Promise<Catalog>;
  /** Goes back in time, with or without the files; see the commands. Each rejects with an AppError when refused. */
  readonly past: Past;
  /** What the running turn waits for goes on beside it. Rejects with `no_task`. */
  toBackground(toolId: string | undefined): Promise<void>;
  /** What fills the model's context. Starts Claude when it is not up: `claude_unavailable`. */
  contextUsage(): Promise<ContextUsage>;
  /** Lets go of the run, which goes on. */
  close(): Promise<void>;
  /** Ends the run; for a conversation that is deleted. */
  end(): Promise<void>;
}

export interface ConversationOptions {
  readonly log: EventLog;
  readonly claude: Claude;
  /** The files of this conversation's messages, and of what tools give back. */
  readonly uploads: Pick<Uploads, 'claim' | 'missing' | 'keepPictures'>;
  readonly disk: Pick<Disk, 'trouble' | 'look' | 'blame'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly newId: () => string;
  /** Names this build's fold. */
  readonly foldVersion: string;
  /** False for a device that was shut out: what it has waiting is held. */
  readonly mayAsk: (deviceId: string) => boolean;
  /** Whether nothing new is to be begun; when that ends, `wake` is called. */
  readonly isPaused: () => boolean;
  /** The mode that asks for nothing may be chosen. */
  readonly mayBypass: () => boolean;
  /** A run without a turn is ended after this, ms. */
  readonly idleMs: () => number;
  /** Shared by all conversations: how many runs may be up. */
  readonly places: RunPlaces;
  /** Called when the durable view has changed in a way that lists show; resolves when a restart would find what is left to do. */
  readonly changed: (view: ConversationView) => Promise<void>;
  /** Called when a tool is done, or goes on beside the turn: it may have started a server. */
  readonly worked: (work: ToolWork) => void;
  /** Called when the CLI has told of a limit of the person's plan. */
  readonly limited: (limit: Limit) => void;
}

export async function openConversation(options: ConversationOptions): Promise<Conversation> {
  const { log, logger, newId } = options;
  const sent = createSentMessages();
  const current = createCurrentRun();
  const from = await keepCheckpoint({
    ...{ log, version: options.foldVersion },
    failed: (error) => logger.warn('the checkpoint could not be written', { reason: String(error) }),
  });
  const folded = await foldLog<ConversationView>({ log, empty: emptyView, fold, seen, from });
  const run = createRunSlot({ ...options, folded, current, record, keepPictures });
  const { handOver, close: closeHanding } = createHanding({
    ...{ view: () => folded.durable, run, record, uploads: options.uploads, logger },
    mayAsk: options.mayAsk,
    isPaused: options.isPaused,
    isHeldUp: () => log.damaged || options.disk.trouble !== undefined,
  });
  const stopping = createStopping({
    ...{ clock: options.clock, view: () => folded.durable, run },
    failed: (error) => logger.error('ending a run that does not stop failed', error),
  });
  const past = createPast({ folded, run, record });
  const titles = createTitles({ view: () => folded.accepted, record, logger });
  let closed = false;

  function seen(raw: LoggedEvent): void {
    const event = knownEvent(raw);
    if (event?.type === 'message.sent') {
      const { deviceId, clientId, text, id: eventId } = event;
      const attachments = (event.attachments ?? []).map(({ uploadId }) => uploadId);
      sent.add(deviceId, clientId, { eventId, text, attachments, durable: Promise.resolve() });
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
        if (closed) return undefined;
        const isWorth = events.some((event) => !event.type.endsWith('.delta'));
        const listed = isWorth ? options.changed(folded.durable) : undefined;
        for (const event of events) react(event);
        return listed;
      }),
    };
  }

  function react(raw: LoggedEvent): void {
    const event = knownEvent(raw);
    switch (event?.type) {
      case 'task.finished':
        run.offer();
        break;
      case 'tool.finished':
        worked(event.output, false);
        break;
      case 'task.started':
        worked('', true);
        break;
      case 'message.withdrawn':
      case 'message.held':
        run.spare();
        break;
      case 'message.sent':
      case 'message.steered':
      case 'message.released':
      case 'turn.finished':
      case 'turn.interrupted':
      case 'run.ended':
        if (event.type === 'turn.finished' || event.type === 'turn.interrupted') run.offer();
        handOver();
        run.touch();
        if (event.type === 'turn.finished') titles.suggest(run.session);
        break;
      case 'conversation.branched':
        act('end the run', run.release());
        break;
      case 'conversation.renamed':
        if (event.by === 'person')
          act('rename', run.session?.request({ subtype: 'rename_session', title: event.title }));
        break;
      case 'task.stopRequested':
        act('stop a task', run.session && stopTask(run.session, event.taskId));
        break;
      case 'conversation.configured':
        act('configure', run.session?.configure(event));
        break;
      case 'limit.reported':
        options.limited(event);
        break;
      case 'turn.stopRequested':
        act('stop', stopping.stop());
        break;
      case 'turn.started':
        act('stop', stopping.began());
        break;
      case 'permission.answered':
        act('answer', run.session?.answer(current.answerOf(event)));
        break;
      default:
    }
  }

  function worked(output: string, isBeside: boolean): void {
    const { conversationId, cwd: folder } = folded.durable;
    const runId = run.session?.runId;
    if (runId !== undefined) options.worked({ conversationId, folder, runId, output, isBeside });
  }

  /** An act on a run that is gone by now needs no report: its end is an event of its own. */
  function act(what: string, done: Promise<unknown> | undefined): void {
    done?.catch((error: unknown) => logger.warn(`could not ${what}`, { reason: String(error) }));
  }

  function keepPictures(drafts: Parameters<KeepPictures>[0]): ReturnType<KeepPictures> {
    return options.uploads.keepPictures(folded.durable.conversationId, drafts);
  }

  /** Decides and logs in one tick. */
  function carryOut(command: ConversationCommand, by: Pick<Asker, 'deviceId' | 'attachments'>) {
    const asker = { ...by, newId, mayBypass: options.mayBypass() };
    const decision = decide(folded.accepted, command, asker);
    if ('refusal' in decision) throw new AppError(decision.refusal);
    const isFirst = folded.accepted.title === '' && command.type === 'message.send';
    const naming: ConversationDraft[] = isFirst
      ? [
          {
            type: 'conversation.renamed',
            title: titleFrom(command.text || (by.attachments?.[0]?.name ?? '')),
          },
        ]
      : [];
    const { events, durable } = record([...decision.drafts, ...naming]);
    const eventId = events[0]?.id ?? folded.accepted.last;
    return { eventId, durable, done: durable.then(() => eventId) };
  }

  async function send(
    command: Extract<ConversationCommand, { type: 'message.send' }>,
    deviceId: string,
  ): Promise<{ eventId: number }> {
    const { conversationId, clientId, text, attachments: ids = [] } = command;
    const content = { text, attachments: ids };
    const earlier = () => sent.find(deviceId, clientId, content);
    const before = earlier();
    if (before !== undefined) return { eventId: await before };
    await refuseInTrouble(options.disk);
    const attachments = ids.length === 0 ? [] : await options.uploads.claim(conversationId, ids);
    // No await from here on: of two that come at once the second must find the first.
    const meanwhile = earlier();
    if (meanwhile !== undefined) return { eventId: await meanwhile };
    const { eventId, durable, done } = carryOut(command, { deviceId, attachments });
    sent.add(deviceId, clientId, { eventId, ...content, durable });
    return { eventId: await done };
  }

  return {
    log,
    get view() {
      return folded.durable;
    },
    async handle(command, deviceId) {
      if (command.type === 'message.send') return send(command, deviceId);
      const once = () => carryOut(command, { deviceId }).done;
      // The first to find the disk full makes room for what is still to be noted: an answer, a Stop.
      return {
        eventId: await once().catch((error: unknown) => (isDiskFull(error) ? once() : Promise.reject(error))),
      };
    },
    async recover(runs) {
      await run.takeUp(runs);
      if (folded.durable.turn?.stopping) act('stop', stopping.stop());
      handOver();
    },
    wake: handOver,
    renewRun: run.outdate,
    settingsChanged() {
      run.outdate();
      run.touch();
    },
    async catalog() {
      const known = run.session ? undefined : await options.claude.catalog(folded.durable.cwd);
      if (known) return known;
      return run.ask((session) => session.catalog());
    },
    past,
    async toBackground(toolId) {
      if (!folded.accepted.turn) throw new AppError('no_turn');
      if (!run.session) throw new AppError('no_task');
      await moveToBackground(run.session, toolId);
    },
    contextUsage: () => run.ask((session) => session.contextUsage()),
    async close() {
      closed = true;
      const handed = closeHanding();
      await run.detach();
      await handed;
    },
    async end() {
      closed = true;
      const handed = closeHanding();
      await run.end();
      await handed;
    },
  };
}
