// Gives Claude the messages that wait: one at a time when no turn is under way, those that steer at once. What is given is in
// the log before it is given, so that after a crash "perhaps given" can be told from "never given".
import type { Logger } from '../ports.ts';
import { AppError } from '../protocol/errors.ts';
import type { ConversationDraft } from '../protocol/events.ts';
import { findItem } from '../protocol/pages.ts';
import type { ConversationView, MessageItem } from '../protocol/view.ts';
import type { RecordDrafts } from './run-link.ts';
import type { RunSlot } from './run-slot.ts';
import type { Uploads } from './uploads.ts';

export interface Handing {
  /** Looks whether there is something to give; safe to call at any time, as often as anything changes. */
  handOver(): void;
  /** Resolves when nothing is being given; nothing more will be after `close`. */
  close(): Promise<void>;
}

export function createHanding(options: {
  view: () => ConversationView;
  run: Pick<RunSlot, 'ready'>;
  record: RecordDrafts;
  uploads: Pick<Uploads, 'missing'>;
  /** Nothing can be noted now, so nothing is given. */
  isHeldUp: () => boolean;
  /** No new turn is begun for now. */
  isPaused: () => boolean;
  /** False for a device that was shut out: what it has waiting is held. */
  mayAsk: (deviceId: string) => boolean;
  logger: Logger;
}): Handing {
  const { view, run, record, uploads, logger } = options;
  let isHanding = false;
  let handing: Promise<void> = Promise.resolve();
  let closed = false;

  const holding = new Set<string>();

  // Asked each time anew, and not only when a device is shut out: a crash in between must not let a message slip by.
  const isShutOut = ({ held, deviceId }: MessageItem) => held === undefined && !options.mayAsk(deviceId);
  const next = () => {
    if (closed || options.isHeldUp()) return undefined;
    const message = nextFor(view(), (one) => !one.held && !isShutOut(one));
    const isPartOfTurn = message?.steer === true && view().turn !== null;
    return options.isPaused() && !isPartOfTurn ? undefined : message;
  };

  /** Beside `handAll`, which may be waiting for a run's place for long. */
  function holdBack(): void {
    if (closed || options.isHeldUp()) return;
    const keys = view().queue.flatMap((m) => (isShutOut(m) && !holding.has(m.key) ? [m.key] : []));
    if (keys.length === 0) return;
    for (const key of keys) holding.add(key);
    record(keys.map((messageId) => ({ type: 'message.held', messageId })))
      .durable.catch((error: unknown) =>
        logger.warn('could not say that a message is held', { reason: String(error) }),
      )
      .finally(() => {
        for (const key of keys) holding.delete(key);
      });
  }

  /**
   * Gives Claude what it can take now. Looks again after each, and ends in the tick in which it found nothing,
   * so that nothing that changed meanwhile is missed.
   */
  async function handAll(): Promise<void> {
    try {
      for (let message = next(); message; message = next()) {
        const { key: messageId, text, attachments = [] } = message;
        const session = await run.ready();
        const gone = await uploads.missing(view().conversationId, attachments);
        if (next() !== message) continue;
        const notices = gone.map(({ name }) => goneNotice(name));
        await record([{ type: 'message.handed', messageId, runId: session.runId }, ...notices]).durable;
        await session.send({ messageId, text, attachments });
      }
    } finally {
      isHanding = false;
    }
  }

  /** The message stays where it is: waiting, or handed to a run whose end will settle it. */
  async function giveUp(error: unknown): Promise<void> {
    if (closed) return;
    if (!(error instanceof AppError && error.code === 'claude_unavailable')) throw error;
    await record([{ type: 'notice.raised', severity: 'error', text: error.message }]).durable;
  }

  return {
    handOver() {
      holdBack();
      if (isHanding) return;
      isHanding = true;
      handing = handAll()
        .catch(giveUp)
        .catch((error: unknown) => logger.error('handing a message to Claude failed', error));
    },
    close() {
      closed = true;
      return handing;
    },
  };
}

/**
 * First what a run gave back unheard; then a message at a time of those that may go, when no turn is under way. One that steers
 * goes at once.
 */
export function nextFor(
  view: ConversationView,
  mayGo: (message: MessageItem) => boolean,
): MessageItem | undefined {
  const { turn, unanswered, runId, sessionId } = view;
  for (const key of unanswered) {
    const item = findItem(view.pages, key);
    const isGivenBack = item?.kind === 'message' && item.state === 'sent';
    // The run that gave it back is on its way out.
    if (isGivenBack) return runId !== null && sessionId === null ? undefined : item;
  }
  const queue = view.queue.filter(mayGo);
  return turn || unanswered.length > 0 ? queue.find((message) => message.steer) : queue[0];
}

function goneNotice(name: string): ConversationDraft {
  const text = `The file “${name}” is no longer on the computer. Claude got the message without it.`;
  return { type: 'notice.raised', severity: 'warning', text };
}
