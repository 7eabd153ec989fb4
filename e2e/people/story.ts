// What every story starts with: a daemon of its own with the real `claude`, and people who use it.
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, test as base } from '@playwright/test';
import {
  startTestDaemon,
  type TestDaemon,
  type TestDaemonOptions,
} from '../../daemon/testing/test-daemon.ts';
import { Person } from './person.ts';

export interface Story {
  readonly daemon: TestDaemon;
  /** How the daemon is started; a file sets it by `test.use`. */
  readonly daemonOptions: TestDaemonOptions;
  /** Somebody with a phone, not paired yet. */
  readonly ana: Person;
  /** Somebody else with a phone of their own. */
  readonly newPerson: (options?: BrowserContextOptions) => Promise<Person>;
}

interface Worker {
  /** A folder with a daemon's certificates: all stories of a worker have the same, each daemon its own copy. */
  readonly tls: string;
}

export const test = base.extend<Story, Worker>({
  tls: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
    async ({}, use) => {
      const first = await startTestDaemon();
      await first.stop();
      await use(join(first.home, 'tls'));
      await first.close();
    },
    { scope: 'worker' },
  ],
  daemonOptions: [{}, { option: true }],
  daemon: async ({ daemonOptions, tls }, use) => {
    const daemon = await startTestDaemon({ tls, ...daemonOptions });
    await use(daemon);
    await daemon.close();
  },
  ana: async ({ page, daemon }, use) => {
    await use(new Person(page, daemon));
  },
  newPerson: async ({ browser, daemon, contextOptions }, use) => {
    const opened: Awaited<ReturnType<Browser['newContext']>>[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext({ ...contextOptions, ignoreHTTPSErrors: true, ...options });
      opened.push(context);
      return new Person(await context.newPage(), daemon);
    });
    for (const context of opened) await context.close();
  },
});

export { expect } from '@playwright/test';
