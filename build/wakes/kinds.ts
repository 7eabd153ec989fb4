// The ways in which a phone's page falls asleep and comes back. Each puts the page away, lets things happen on the computer
// meanwhile, and wakes it; nothing in here looks at what the page shows.
import type { Page } from 'playwright';
import type { SleepyPhone } from './browser.ts';

/** Puts the page away; gives what wakes it. */
type FallAsleep = (phone: SleepyPhone) => Promise<() => Promise<void>>;

export const kinds = {
  /** The device sleeps with the page in sight: its processes stand still, and nobody tells the page. */
  async stopped({ stopped }) {
    const goOn = await stopped();
    return async () => goOn();
  },
  /** The same, and the network forgets its connections meanwhile: the socket still says OPEN. */
  async stoppedAndCutOff({ stopped, proxy }) {
    const goOn = await stopped();
    proxy.swallow();
    return async () => goOn();
  },
  /** The system freezes a page in the background, and says so. */
  async frozenAndCutOff({ page, stopped, proxy }) {
    await look(page, 'hidden');
    await page.evaluate(() => void document.dispatchEvent(new Event('freeze')));
    const goOn = await stopped();
    proxy.swallow();
    return async () => {
      goOn();
      await page.evaluate(() => void document.dispatchEvent(new Event('resume')));
      await look(page, 'visible');
    };
  },
  /** The page runs on; its connections are swallowed while the person looks elsewhere. */
  async cutOff({ page, proxy }) {
    proxy.swallow();
    return () => page.evaluate(() => void window.dispatchEvent(new Event('focus')));
  },
  async hidden({ page }) {
    await look(page, 'hidden');
    return () => look(page, 'visible');
  },
  async hiddenAndCutOff({ page, proxy }) {
    await look(page, 'hidden');
    proxy.swallow();
    return () => look(page, 'visible');
  },
  /** Another page was opened in its place, and the person goes back: the page comes out of the browser's cache as it was. */
  async back({ page, cdp, proxy }) {
    // The browser would ask for the page on a connection that an earlier wake swallowed, and wait there.
    proxy.giveUp();
    await page.goto('about:blank');
    const { entries, currentIndex } = await cdp.send('Page.getNavigationHistory');
    const entryId = entries[currentIndex - 1]?.id ?? 0;
    return async () => {
      await cdp.send('Page.navigateToHistoryEntry', { entryId });
      await page.waitForURL(/\/c\//, { waitUntil: 'commit' });
    };
  },
  async offline({ page }) {
    await page.context().setOffline(true);
    return () => page.context().setOffline(false);
  },
  async offlineAndCutOff({ page, proxy }) {
    await page.context().setOffline(true);
    proxy.swallow();
    return () => page.context().setOffline(false);
  },
} satisfies Record<string, FallAsleep>;

export type Kind = keyof typeof kinds;
export const allKinds = Object.keys(kinds) as Kind[];

/** A page without a window manager is always visible; so the page is told as a browser would tell it. */
function look(page: Page, state: 'visible' | 'hidden'): Promise<void> {
  return page.evaluate((now) => {
    Object.defineProperty(document, 'visibilityState', { value: now, configurable: true });
    Object.defineProperty(document, 'hidden', { value: now === 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, state);
}
