// The phone of a wake run: Chromium with a page behind the swallowing proxy, kept pages for "back", and a way to freeze.
import { setTimeout as pause } from 'node:timers/promises';
import { chromium, devices, type CDPSession, type Page } from 'playwright';
import {
  startTestDaemon,
  type TestDaemon,
  type TestDaemonOptions,
} from '../../daemon/testing/test-daemon.ts';
import { Person } from '../../e2e/people/person.ts';
import { refuseSockets } from '../../e2e/people/without-sockets.ts';
import { browserOptions } from '../browser.ts';
import { startSwallowingProxy, type SwallowingProxy } from './swallowing-proxy.ts';

export type Way = 'socket' | 'stream';

export interface SleepyPhone {
  readonly daemon: TestDaemon;
  readonly person: Person;
  readonly page: Page;
  readonly proxy: SwallowingProxy;
  readonly cdp: CDPSession;
  /**
   * Lets the browser's page processes stand still, so long that it counts as a sleep; gives what lets them go on. (CDP's
   * `setWebLifecycleState` does nothing to a page that Playwright drives: its timers run on.)
   */
  stopped(): Promise<() => void>;
  close(): Promise<void>;
}

/** A phone of its own that is paired, with a daemon of its own. */
export async function startSleepyPhone(way: Way, options: TestDaemonOptions = {}): Promise<SleepyPhone> {
  const daemon = await startTestDaemon(options);
  const daemonPort = Number(new URL(daemon.url).port);
  const proxy = await startSwallowingProxy(() => daemonPort);
  const { args = [], ...usual } = browserOptions();
  // The daemon answers only to its own address, so the page keeps that one and the browser goes the other way.
  const rule = `--host-resolver-rules=MAP localhost:${daemonPort} 127.0.0.1:${proxy.port}`;
  const browser = await chromium.launch({
    ...usual,
    args: [...args, rule],
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  });
  const { defaultBrowserType: _browser, ...phone } = devices['Pixel 7'] ?? missing();
  const context = await browser.newContext({ ...phone, ignoreHTTPSErrors: true });
  const page = await context.newPage();
  if (way === 'stream') await refuseSockets(page);
  const person = new Person(page, daemon);
  await person.pair();
  const system = await browser.newBrowserCDPSession();
  async function stopped(): Promise<() => void> {
    const { processInfo } = await system.send('SystemInfo.getProcessInfo');
    const pids = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    await pause(2500);
    return () => {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    };
  }
  return {
    ...{ daemon, person, page, proxy, stopped },
    cdp: await context.newCDPSession(page),
    async close() {
      await browser.close();
      await proxy.close();
      await daemon.close();
    },
  };
}

function missing(): never {
  throw new Error('Playwright knows no Pixel 7');
}
