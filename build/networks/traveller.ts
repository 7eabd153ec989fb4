// A person who writes on while the network fails in one way after the other: what they said and what Claude answered, in the daemon's
// log and on the page, and how long after each fault the page was live again. Words are unique, so that what is missing, doubled or
// out of order can be told.
import { setTimeout as pause } from 'node:timers/promises';
import { fold } from '../../daemon/protocol/fold.ts';
import { type ConversationView, emptyView } from '../../daemon/protocol/view.ts';
import type { LogEvent } from '../../daemon/testing/daemon-client.ts';
import { until } from '../../daemon/testing/until.ts';
import type { Random } from '../chaos/random.ts';
import { startPhoneBehind, type PhoneBehind, type Way } from '../wakes/browser.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { type Fault, faults } from './faults.ts';

export interface Passage {
  readonly fault: Fault;
  /** How long the fault was, ms. */
  readonly lasted: number;
  /** From the path's return to the moment in which the page shows what happened after it; undefined when it never did. */
  readonly liveMs: number | undefined;
}

export interface Traveller {
  /** Through one fault of at most so many ms, saying something meanwhile. */
  pass(fault: Fault, mostMs: number): Promise<Passage>;
  /** To be called when all is over; empty when every word is in the log and on the page, once and in order. */
  amiss(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** s. A page that takes longer has failed. */
const patience = 30;

export async function startTraveller(way: Way, random: Random): Promise<Traveller> {
  const phone = await startPhoneBehind(way, (target) => startFaultProxy(target, random.part('network')));
  return { ...(await travel(phone, random)), close: phone.close };
}

async function travel(
  { daemon, person, page, proxy }: PhoneBehind<FaultProxy>,
  random: Random,
): Promise<Omit<Traveller, 'close'>> {
  const { client } = daemon;
  await person.startConversation();
  const conversationId = /\/c\/([0-9a-f-]+)/.exec(page.url())?.[1] ?? '';
  const said: string[] = [];
  let passed = 0;

  async function say(): Promise<void> {
    const text = `Say ${said.length + 1} [[text Said ${said.length + 1}.]]`;
    said.push(text);
    await person.say(text);
  }
  await say();
  await person.answers.getByText('Said 1.').waitFor();

  /** The whole log, up to the moment in which everything was answered. */
  async function wholeLog(): Promise<{ events: readonly LogEvent[]; view: ConversationView }> {
    const events: LogEvent[] = [];
    let view: ConversationView = emptyView;
    await client.readUntil(conversationId, (event) => {
      events.push(event);
      view = fold(view, event);
      const isAtRest = view.turn === null && view.queue.length === 0 && view.unanswered.length === 0;
      return isAtRest && events.filter(({ type }) => type === 'message.sent').length >= said.length;
    });
    return { events, view };
  }

  return {
    async pass(fault, mostMs) {
      const lasts = random.between(Math.min(300, mostMs), mostMs);
      const end = await faults[fault]({ proxy, page, random: random.part(`fault ${passed}`) });
      const began = performance.now();
      for (let count = random.between(1, 2); count > 0; count--) {
        await pause(random.between(0, lasts / 3));
        await say();
      }
      await pause(Math.max(0, lasts - (performance.now() - began)));
      const lasted = performance.now() - began;
      const title = `Passage ${++passed}`;
      await end();
      const returned = performance.now();
      await client.command('conversation.rename', { conversationId, title });
      const liveMs = await person.page
        .getByRole('heading', { name: title, exact: true })
        .waitFor({ timeout: patience * 1000 })
        .then(
          () => performance.now() - returned,
          () => undefined,
        );
      return { fault, lasted, liveMs };
    },
    async amiss() {
      await until(
        'the outbox to be empty',
        async () => (await page.getByText(/will send/i).count()) === 0 || undefined,
        { seconds: patience },
      ).catch(() => undefined);
      const { events } = await wholeLog();
      const texts = (type: string) =>
        events.flatMap((event) => (event.type === type ? [String(event['text']).trim()] : []));
      const answers = said.map((_, at) => `Said ${at + 1}.`);
      const wrong = [
        ...different('in the log, messages', texts('message.sent'), said),
        ...different('in the log, answers', texts('text.finished'), answers),
      ];
      // Old words scroll out of what is drawn: what is drawn must be the end, and whole.
      const drawn = await until(
        'the page to show the last answer',
        async () => {
          const words = (await person.answers.allTextContents()).map((text) => text.trim());
          return words.at(-1) === answers.at(-1) ? words : undefined;
        },
        { seconds: patience },
      ).catch(() => []);
      const words = (await person.words.allTextContents()).map((text) => text.trim());
      return [
        ...wrong,
        ...different('on the page, messages', words, said.slice(-Math.max(3, words.length))),
        ...different('on the page, answers', drawn, answers.slice(-Math.max(3, drawn.length))),
      ];
    },
  };
}

function different(where: string, found: readonly string[], wanted: readonly string[]): string[] {
  if (found.join('\n') === wanted.join('\n')) return [];
  return [`${where}: ${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`];
}
