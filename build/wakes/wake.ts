// One sleep and wake of a page in a conversation, while others write in it; and what the page then shows against what the
// daemon has. Words are unique, so that what is missing and what stands twice can be told.
import { setTimeout as pause } from 'node:timers/promises';
import { fold } from '../../daemon/protocol/fold.ts';
import { type ConversationView, emptyView } from '../../daemon/protocol/view.ts';
import type { LogEvent } from '../../daemon/testing/daemon-client.ts';
import { until } from '../../daemon/testing/until.ts';
import type { Random } from '../chaos/random.ts';
import type { SleepyPhone } from './browser.ts';
import { type Kind, kinds } from './kinds.ts';

export interface Wake {
  readonly kind: Kind;
  /** From the wake to the moment in which the page shows all there was; undefined when it never did. */
  readonly liveMs: number | undefined;
  readonly missed: readonly string[];
  readonly doubled: readonly string[];
}

/** A wake that takes longer than this, s, has failed: it was not noticed as one, or only by the next beat. */
const patience = 10;

export interface Sleeper {
  wake(kind: Kind): Promise<Wake>;
}

/** The page stands in a conversation of its own. */
export async function createSleeper(phone: SleepyPhone, random: Random): Promise<Sleeper> {
  const { daemon, person, page } = phone;
  const { client } = daemon;
  await person.startConversation();
  const conversationId = /\/c\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? '';
  let view: ConversationView = emptyView;
  let said = 0;

  async function read(isFar: (view: ConversationView) => boolean): Promise<void> {
    if (isFar(view)) return;
    const after = view.last;
    const step = (event: LogEvent) => {
      view = fold(view, event);
      return isFar(view);
    };
    await client.readUntil(conversationId, step, { after });
  }

  const wordsOf = (kind: 'message' | 'text') =>
    view.pages.flat().flatMap((item) => (item.kind === kind ? [item.text.trim()] : []));
  const isAtRest = (now: ConversationView) =>
    now.turn === null && now.queue.length === 0 && now.unanswered.length === 0 && now.last > 0;

  async function say(): Promise<void> {
    said += 1;
    const text = `Say ${said} [[text Said ${said}.]]`;
    await client.command('message.send', { conversationId, clientId: crypto.randomUUID(), text });
    await read((now) => now.pages.flat().some((item) => item.kind === 'message' && item.text === text));
  }

  const shown = async () => ({
    message: (await person.words.allTextContents()).map((text) => text.trim()),
    text: (await person.answers.allTextContents()).map((text) => text.trim()),
  });

  /** What of the daemon's latest words the page lacks, and what it has twice. Old words scroll out of what is drawn. */
  async function compare(): Promise<Pick<Wake, 'missed' | 'doubled'>> {
    const missed: string[] = [];
    const doubled: string[] = [];
    const now = await shown();
    for (const kind of ['message', 'text'] as const) {
      const latest = wordsOf(kind).slice(-3);
      missed.push(...latest.filter((words) => !now[kind].includes(words)));
      doubled.push(...now[kind].filter((words, at) => now[kind].indexOf(words) !== at));
      const order = now[kind].filter((words) => latest.includes(words));
      if (missed.length + doubled.length === 0 && order.join('\n') !== latest.join('\n'))
        missed.push(`the order of ${latest.join(' | ')}`);
    }
    return { missed, doubled };
  }

  await say();
  await read(isAtRest);
  await person.answers.getByText(`Said ${said}.`).waitFor();

  return {
    async wake(kind) {
      const wakeUp = await kinds[kind](phone);
      const isMidTurn = random.chance(0.5);
      for (let count = random.between(1, 2); count > 0; count--) await say();
      if (!isMidTurn) await read(isAtRest);
      await pause(random.between(0, 300));
      const began = performance.now();
      await wakeUp();
      await read(isAtRest);
      // What took Claude longer than the wake is not the page's delay.
      const all = Math.max(began, isMidTurn ? performance.now() : began);
      const liveMs = await until(
        'the page to show it all',
        async () => (isWhole(await compare()) ? performance.now() - all : undefined),
        { seconds: patience },
      ).catch(() => undefined);
      return { kind, liveMs, ...(await compare()) };
    },
  };
}

function isWhole({ missed, doubled }: Pick<Wake, 'missed' | 'doubled'>): boolean {
  return missed.length + doubled.length === 0;
}
