// What a long conversation costs on the phone and on the computer, against a short one on the same page: Chromium at the size
// of a Pixel 7, its processor slowed down four times while it opens. Tasks are processor time, times four.
import { mkdtempSync, mkdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CDPSession, chromium, devices, type Page } from 'playwright';
import { writeLongConversation } from '../../daemon/testing/long-conversation.ts';
import { browserOptions } from '../browser.ts';
import { interactiveAt, takeNotes } from './frames.ts';
import { serveHome } from './served-home.ts';
import { longestTasks } from './traced.ts';

const slowDown = 4;
const streaming = { count: 300, everyMs: 30 };
const typed = 'while Claude writes the person types this sentence';

/** ms, unless the name says otherwise. */
export interface LongFigures {
  readonly events: number;
  readonly 'daemon: first page, nothing kept': number;
  readonly 'daemon: first page, from the checkpoint': number;
  readonly 'daemon: RSS (MB)': number;
  readonly 'phone: readable tail': number;
  readonly 'phone: interactive': number;
  readonly 'phone: heap at the tail (MB)': number;
  readonly 'phone: longest task, scrolling up': number;
  readonly 'phone: second longest, scrolling up': number;
  readonly 'phone: heap after scrolling (MB)': number;
  readonly 'phone: longest task, streaming': number;
  readonly 'phone: key to paint, streaming, p50, not slowed': number;
  readonly 'phone: key to paint, streaming, p95, not slowed': number;
}

export async function measureLong(events: number): Promise<LongFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-bench-'));
  try {
    const home = join(folder, 'home');
    mkdirSync(join(folder, 'project'));
    const made = { home, cwd: join(folder, 'project'), title: 'Long' };
    const { conversationId, events: written } = await writeLongConversation({ ...made, events });
    const cold = await serveHome(folder, streaming);
    const coldOpen = await timeToFirstPage(cold.client.fetch, conversationId);
    await cold.stop();
    const served = await serveHome(folder, streaming);
    const open = await timeToFirstPage(served.client.fetch, conversationId);
    const phone = await onPhone(served, conversationId);
    const rss = served.rssMb();
    await served.stop();
    return {
      events: written,
      'daemon: first page, nothing kept': coldOpen,
      'daemon: first page, from the checkpoint': open,
      'daemon: RSS (MB)': rss,
      ...phone,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function timeToFirstPage(
  fetch: (path: string) => Promise<{ status: number }>,
  conversationId: string,
): Promise<number> {
  const began = performance.now();
  const { status } = await fetch(`/api/conversations/${conversationId}/pages/0`);
  if (status !== 200) throw new Error(`the first page was answered with ${status}`);
  return performance.now() - began;
}

async function onPhone(served: { url: string; pair(): Promise<string> }, conversationId: string) {
  const browser = await chromium.launch(browserOptions());
  try {
    const { defaultBrowserType: _, ...phone } = devices['Pixel 7'];
    const context = await browser.newContext({ ...phone, ignoreHTTPSErrors: true });
    const page = await context.newPage();
    await page.goto(await served.pair());
    await page.getByRole('heading', { name: 'Porchlight' }).waitFor();
    const cdp = await context.newCDPSession(page);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowDown });
    await page.addInitScript(takeNotes);
    await page.goto(`${served.url}/c/${conversationId}`);
    await page.waitForFunction(
      () => window.notes.readable > 0 && performance.now() > window.notes.readable + 2000,
    );
    const opened = await page.evaluate(() => window.notes);
    const heapAtTail = await heapMb(cdp);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    const scrolling = await longestTasks({ browser, page, slowDown }, () => scrollUp(page));
    const heapAfter = await heapMb(cdp);
    await page.getByRole('button', { name: /^Jump to latest/ }).click();
    const writing = await longestTasks({ browser, page, slowDown }, () => typeOn(page));
    const keys = await keysOf(page);
    return {
      'phone: readable tail': opened.readable,
      'phone: interactive': interactiveAt(opened),
      'phone: heap at the tail (MB)': heapAtTail,
      'phone: longest task, scrolling up': scrolling[0] ?? 0,
      'phone: second longest, scrolling up': scrolling[1] ?? 0,
      'phone: heap after scrolling (MB)': heapAfter,
      'phone: longest task, streaming': writing[0] ?? 0,
      'phone: key to paint, streaming, p50, not slowed': keys.p50,
      'phone: key to paint, streaming, p95, not slowed': keys.p95,
    };
  } finally {
    await browser.close();
  }
}

/** Some thirty screens up, as fast as a thumb flings: a step of 120 px with every frame. */
async function scrollUp(page: Page): Promise<void> {
  await page.getByRole('log').evaluate(async (log) => {
    const nextFrame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    for (let step = 0; step < 170; step++) {
      log.parentElement?.scrollBy(0, -120);
      await nextFrame();
    }
  });
}

/** Types while Claude writes. */
async function typeOn(page: Page): Promise<void> {
  const field = page.getByRole('textbox', { name: 'Message to Claude' });
  await field.fill('go');
  await page.getByRole('button', { name: /^Send/ }).click();
  await page.getByRole('button', { name: /^Stop/ }).waitFor();
  await field.focus();
  await page.evaluate(() => {
    window.notes.keys = [];
  });
  await page.keyboard.type(typed, { delay: 90 });
}

async function keysOf(page: Page): Promise<{ p50: number; p95: number }> {
  const keys = (await page.evaluate(() => window.notes.keys)).toSorted((a, b) => a - b);
  const at = (share: number) => keys[Math.floor(keys.length * share)] ?? Number.NaN;
  return { p50: at(0.5), p95: at(0.95) };
}

async function heapMb(cdp: CDPSession): Promise<number> {
  await cdp.send('HeapProfiler.enable');
  await cdp.send('HeapProfiler.collectGarbage');
  return (await cdp.send('Runtime.getHeapUsage')).usedSize / 2 ** 20;
}
