// A Claude without processes, for the model test: answers every message at once, one event a line, the same for the same message,
// into a spool that outlives the daemon, as the real one's does. Like the real one it runs no message twice. It dies in the middle
// of its answer when the message says so.
import type { Run, RunExit } from '../ports.ts';
import type { Claude, ClaudeSession, SourcedDraft } from '../ports/claude.ts';
import { AppError } from '../protocol/errors.ts';
import type { ConversationDraft } from '../protocol/events.ts';

export interface MemoryClaude {
  /** As the next daemon sees it: whoever had it before is not heard any more. */
  takenBy(): Claude;
  /** Those that are not forgotten, for the next daemon to take up. */
  runs(): readonly Run[];
  /** Messages in the order in which they were run. */
  readonly ran: readonly string[];
}

interface Life {
  readonly run: Pick<Run, 'runId' | 'conversationId' | 'sessionId'>;
  readonly spool: SourcedDraft[];
  /** Woken when something was said, or it ended. */
  readonly waiting: Set<() => void>;
  exit: RunExit | undefined;
}

const deltas = ['This ', 'is ', 'what ', 'is ', 'said ', 'to '];

/** Makes it die in the middle of its answer. */
export const deadly = 'die';

/** The text with which a message is answered. */
export const answerTo = (messageId: string, text: string) =>
  (text.includes(deadly) ? deltas : [...deltas, messageId]).join('');

export function createMemoryClaude(): MemoryClaude {
  const lives = new Map<string, Life>();
  const ran: string[] = [];
  let daemon = 0;
  let count = 0;

  function say(life: Life, draft: ConversationDraft): void {
    const { runId } = life.run;
    life.spool.push({ ...draft, source: { runId, offset: life.spool.length + 1 } });
    wakeAll(life);
  }

  function answer(life: Life, messageId: string, question: string): void {
    if (life.exit || ran.includes(messageId)) return;
    ran.push(messageId);
    const blockId = `text of ${messageId}`;
    const turnId = `turn of ${messageId}`;
    say(life, { type: 'message.taken', messageId });
    say(life, { type: 'turn.started', turnId });
    for (const text of deltas) say(life, { type: 'text.delta', blockId, text });
    if (question.includes(deadly)) return end(life);
    say(life, { type: 'text.delta', blockId, text: messageId });
    say(life, { type: 'text.finished', blockId, text: answerTo(messageId, question) });
    const spent = { durationMs: 1, costUsd: 0, inputTokens: 1, outputTokens: 1 };
    say(life, { type: 'turn.finished', turnId, outcome: 'completed', error: null, ...spent });
  }

  function end(life: Life): void {
    life.exit ??= { code: 143, signal: null, stderr: '' };
    wakeAll(life);
  }

  async function* spoken(life: Life, after: number, isOver: () => boolean): AsyncGenerator<SourcedDraft[]> {
    for (let next = after; !isOver(); ) {
      const draft = life.spool[next];
      if (draft) {
        next += 1;
        yield [draft];
      } else if (life.exit) return;
      else await change(life);
    }
  }

  function sessionOn(life: Life, own = daemon): ClaudeSession {
    let isDetached = false;
    const isOver = () => isDetached || own !== daemon;
    const unavailable = () => Promise.reject(new AppError('claude_unavailable'));
    const nothing = async () => undefined;
    return {
      ...{ runId: life.run.runId, request: unavailable, catalog: unavailable, contextUsage: unavailable },
      ...{ interrupt: nothing, configure: nothing, answer: nothing },
      async send({ messageId, text }) {
        if (!isOver()) answer(life, messageId, text);
      },
      events: (after) => spoken(life, after, isOver),
      exited: (async () => {
        while (!life.exit) await change(life);
        return life.exit;
      })(),
      async kill() {
        if (!isOver()) end(life);
      },
      detach() {
        isDetached = true;
        wakeAll(life);
      },
    };
  }

  const lifeOf = (runId: string): Life => {
    const life = lives.get(runId);
    if (!life) throw new Error(`there is no run ${runId}`);
    return life;
  };

  return {
    ran,
    runs: () => [...lives.values()].map((life) => ({ ...sessionOn(life), ...life.run, pid: 0, ...notAsked })),
    takenBy() {
      daemon += 1;
      const own = daemon;
      for (const life of lives.values()) wakeAll(life);
      return {
        async start({ conversationId, sessionId }) {
          if (own !== daemon) throw new AppError('claude_unavailable');
          const run = { runId: `run ${++count}`, conversationId, sessionId };
          const life: Life = { run, spool: [], waiting: new Set(), exit: undefined };
          lives.set(run.runId, life);
          return sessionOn(life, own);
        },
        attach: ({ runId }) => sessionOn(lifeOf(runId), own),
        catalog: async () => undefined,
        async forget(runId) {
          if (own === daemon) lives.delete(runId);
        },
      };
    },
  };
}

function wakeAll({ waiting }: Life): void {
  const all = [...waiting];
  waiting.clear();
  for (const wake of all) wake();
}

const change = ({ waiting }: Life) => new Promise<void>((resolve) => waiting.add(resolve));

/** Of a run only its session is asked for these. */
const notAsked = {
  write: () => Promise.reject(new Error('not asked')),
  lines() {
    throw new Error('not asked');
  },
};
