// Fills the disk under a daemon again and again, with a phone that goes on writing: in a still conversation and in the midst of a
// turn of the real Claude. Each time the phone must say so, keep the message and not call it arrived; when there is room again,
// all must go on by itself, in the same daemon, with nothing lost and nothing twice.
import { join } from 'node:path';
import { chromium, devices } from 'playwright';
import { mountSmallDisk } from '../../daemon/testing/small-disk.ts';
import { startTestDaemon, type TestDaemon } from '../../daemon/testing/test-daemon.ts';
import { until } from '../../daemon/testing/until.ts';
import { Person } from '../../e2e/people/person.ts';
import { browserOptions } from '../browser.ts';
import { whatIsLost } from './conversation.ts';

export interface FullResult {
  readonly violations: readonly string[];
  readonly rounds: number;
  /** From the press of Send until the phone says that the disk is full, ms. */
  readonly notices: readonly number[];
  /** From the moment that there is room until the phone no longer says so, ms. */
  readonly recoveries: readonly number[];
}

const noticeWithinMs = 2000;

export async function runFull(rounds: number, progress: (line: string) => void): Promise<FullResult> {
  const disk = await mountSmallDisk(8);
  const daemon = await startTestDaemon({ home: join(disk.folder, 'home') });
  const browser = await chromium.launch(browserOptions());
  const violations: string[] = [];
  const notices: number[] = [];
  const recoveries: number[] = [];
  try {
    const { defaultBrowserType: _browser, ...phone } = devices['Pixel 7'] ?? {};
    const context = await browser.newContext({ ...phone, ignoreHTTPSErrors: true });
    const person = new Person(await context.newPage(), daemon);
    await person.pair();
    await person.startConversation();
    const conversationId = person.page.url().split('/').at(-1) ?? '';
    const sent: string[] = [];
    const { pid } = daemon;
    for (let round = 1; round <= rounds; round++) {
      const found = await oneRound(round).catch((error: unknown) => [String(error)]);
      violations.push(...found.map((words) => `round ${round}: ${words}`));
      progress(`round ${round}: said after ${notices.at(-1)} ms, over after ${recoveries.at(-1)} ms`);
      disk.free();
    }
    if (daemon.pid !== pid) violations.push('the daemon is another one');
    await daemon.stop();
    await daemon.start();
    const events = await whatIsThere(daemon, conversationId);
    for (const text of sent)
      if (events.filter((words) => words.startsWith(text)).length !== 1)
        violations.push(
          `${text}: ${events.filter((words) => words.startsWith(text)).length} times in the log`,
        );
    violations.push(...(await whatIsLost(daemon, conversationId, [])));

    async function oneRound(round: number): Promise<string[]> {
      const wrong: string[] = [];
      const { page } = person;
      const bubble = (words: string) => page.locator('.bubble', { hasText: words }).last();
      const line = page.locator('.trouble-line');
      if (round % 2 === 0) {
        sent.push(`turn ${round}.`);
        await person.say(`turn ${round}. [[slow 60 20]]`);
        await bubble(`turn ${round}.`).getByText('With Claude').waitFor();
      }
      disk.fill();
      const text = `full ${round}.`;
      sent.push(text);
      const pressed = performance.now();
      await person.say(`${text} [[text heard ${round}]] ${'and more '.repeat(500)}`);
      await line.waitFor();
      notices.push(Math.round(performance.now() - pressed));
      if ((notices.at(-1) ?? 0) > noticeWithinMs) wrong.push(`said only after ${notices.at(-1)} ms`);
      if (!(await line.textContent())?.includes('disk is full')) wrong.push('says something else');
      if ((await whatIsThere(daemon, conversationId)).some((words) => words.startsWith(text)))
        wrong.push('the message is in the log of a full disk');
      if (!/will send/i.test(await bubbleOrQueue(text))) wrong.push('the message is not called waiting');
      const refusal = await daemon.client
        .command('conversation.create', { cwd: daemon.project })
        .then(() => 'nothing', String);
      if (!refusal.includes('disk_full: The computer’s disk is full')) wrong.push(`refused with ${refusal}`);
      disk.free();
      const freed = performance.now();
      await line.waitFor({ state: 'detached' });
      recoveries.push(Math.round(performance.now() - freed));
      await until('the message in the log', async () =>
        (await whatIsThere(daemon, conversationId)).some((words) => words.startsWith(text)),
      );
      await bubble(text).getByText('Answered').waitFor({ state: 'attached', timeout: 60_000 });
      return wrong;

      /** What waits during a turn stands above the composer. */
      async function bubbleOrQueue(words: string): Promise<string> {
        const shown = page.locator('.bubble, .waiting-row', { hasText: words }).last();
        return (await shown.textContent()) ?? '';
      }
    }
  } finally {
    await browser.close();
    await daemon.close();
    await disk.close();
  }
  return { violations, rounds, notices, recoveries };
}

/** The words of all messages in the log. */
async function whatIsThere({ client }: TestDaemon, log: string): Promise<string[]> {
  const found: string[] = [];
  for (let after = 0; ; ) {
    const headers = { accept: 'application/json' };
    const { body } = await client.fetch(`/api/logs/${log}/events?after=${after}`, { headers });
    const { events } = JSON.parse(body);
    if (events.length === 0) return found;
    for (const event of events) if (event.type === 'message.sent') found.push(String(event.text));
    after = events.at(-1).id;
  }
}
