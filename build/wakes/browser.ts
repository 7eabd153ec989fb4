// A phone whose network is in the hands of a test: Chromium with a page behind a proxy, kept pages for "back". That of a wake run has
// the swallowing proxy, and a way to freeze.
import { setTimeout as pause } from 'node:timers/promises';
import { type Browser, chromium, devices, type CDPSession, type Page } from 'playwright';
import {
  startTestDaemon,
  type TestDaemon,
  type TestDaemonOptions,
} from '../../daemon/testing/test-daemon.ts';
import { Person } from '../../e2e/people/person.ts';
import { refuseSockets } from '../../e2e/people/without-sockets.ts';
import { keepingBrowserOptions } from '../browser.ts';
import { startSwallowingProxy, type SwallowingProxy } from './swallowing-proxy.ts';

export type Way = 'socket' | 'stream';

/** What stands between the page and the daemon. */
interface Network {
  readonly port: number;
  close(): Promise<void>;
}

export interface PhoneBehind<N> {
  readonly daemon: TestDaemon;
  readonly person: Person;
  readonly page: Page;
  readonly proxy: N;
  readonly browser: Browser;
  close(): Promise<void>;
}

export interface SleepyPhone extends PhoneBehind<SwallowingProxy> {
  readonly cdp: CDPSession;
  /** Why the browser loaded a page anew that it should have kept for "back", each time that it did. */
  readonly notKept: readonly string[];
  /**
   * Lets the browser's page processes stand still, so long that it counts as a sleep; gives what lets them go on. (CDP's
   * `setWebLifecycleState` does nothing to a page that Playwright drives: its timers run on.)
   */
  stopped(): Promise<() => void>;
}

/** A phone of its own that is paired, with a daemon of its own and a network in between. */
export async function startPhoneBehind<N extends Network>(
  way: Way,
  startNetwork: (target: () => number) => Promise<N>,
  options: TestDaemonOptions = {},
): Promise<PhoneBehind<N>> {
  const daemon = await startTestDaemon(options);
  const daemonPort = Number(new URL(daemon.url).port);
  const proxy = await startNetwork(() => daemonPort);
  const { args = [], ...usual } = keepingBrowserOptions();
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
  return {
    ...{ daemon, person, page, proxy, browser },
    async close() {
      await browser.close();
      await proxy.close();
      await daemon.close();
    },
  };
}

export async function startSleepyPhone(way: Way, options: TestDaemonOptions = {}): Promise<SleepyPhone> {
  const phone = await startPhoneBehind(way, startSwallowingProxy, options);
  const system = await phone.browser.newBrowserCDPSession();
  async function stopped(): Promise<() => void> {
    const { processInfo } = await system.send('SystemInfo.getProcessInfo');
    const pids = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
    for (const pid of pids) process.kill(pid, 'SIGSTOP');
    await pause(2500);
    return () => {
      for (const pid of pids) process.kill(pid, 'SIGCONT');
    };
  }
  const cdp = await phone.page.context().newCDPSession(phone.page);
  const notKept: string[] = [];
  await cdp.send('Page.enable');
  cdp.on('Page.backForwardCacheNotUsed', ({ notRestoredExplanations }) => {
    notKept.push(notRestoredExplanations.map(({ reason }) => reason).join(', '));
  });
  return { ...phone, stopped, cdp, notKept };
}

function missing(): never {
  throw new Error('Playwright knows no Pixel 7');
}
