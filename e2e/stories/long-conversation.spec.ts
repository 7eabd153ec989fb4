// A conversation that went on for days: it opens at its end, every part of it is a moment away, and reading stays calm.
import type { Page } from '@playwright/test';
import { expect, test } from '../people/long-conversation.ts';
import type { Person } from '../people/person.ts';

async function open(ana: Person): Promise<void> {
  await ana.pair();
  await ana.page.getByRole('link', { name: /A long story/ }).click();
  await expect(ana.receipts.last()).toBeInViewport();
}

async function scrollTo(ana: Person, top: number): Promise<void> {
  await ana.transcript.evaluate((log, to) => log.parentElement?.scrollTo(0, to), top);
}

/** The first row that begins in sight, and where. */
function lineInSight(page: Page): Promise<{ key: string | undefined; y: number } | undefined> {
  return page.getByRole('log').evaluate((log) => {
    const top = log.parentElement?.getBoundingClientRect().top ?? 0;
    const rows = [...log.querySelectorAll<HTMLElement>('[data-key]')];
    const row = rows.find((each) => each.getBoundingClientRect().top > top);
    return row && { key: row.dataset['key'], y: Math.round(row.getBoundingClientRect().top) };
  });
}

const bubble = (ana: Person, words: string) => ana.words.filter({ hasText: words });

test('it opens at its end with few rows in the page, and is read up to the first message', async ({
  ana,
  long,
}) => {
  await open(ana);
  await expect(ana.page.getByText(`Done with prompt ${long.prompts.length}.`)).toBeInViewport();
  expect(await ana.page.locator('[data-key]').count()).toBeLessThan(60);
  await expect(async () => {
    await scrollTo(ana, 0);
    await expect(bubble(ana, 'Prompt 1:')).toBeInViewport({ timeout: 1000 });
  }).toPass();
  expect(await ana.page.locator('[data-key]').count()).toBeLessThan(60);
  await ana.button(/Jump to latest/).click();
  await expect(ana.page.getByText(`Done with prompt ${long.prompts.length}.`)).toBeInViewport();
});

test('it goes from message to message of the person’s, far up and back, and to any of them from a list', async ({
  ana,
  long,
}) => {
  await open(ana);
  const count = long.prompts.length;
  await ana.transcript.evaluate((log) => log.parentElement?.scrollBy(0, -300));
  const number = /Prompt (\d+):/;
  await ana.button('Previous message of mine').click();
  await expect(bubble(ana, `Prompt ${count}:`)).toBeInViewport();
  await ana.button('Previous message of mine').click();
  await expect(bubble(ana, `Prompt ${count - 1}:`)).toBeInViewport();
  await ana.button('Previous message of mine').click();
  await expect(bubble(ana, `Prompt ${count - 2}:`)).toBeInViewport();
  await ana.button('Next message of mine').click();
  await expect(bubble(ana, `Prompt ${count - 1}:`)).toBeInViewport();

  await ana.button('Search in this conversation').click();
  await ana.button('Your messages').click();
  const list = ana.page.getByRole('dialog', { name: 'Your messages' });
  await expect(list.getByRole('listitem').first()).toContainText(number);
  await list.getByRole('button', { name: 'Prompt 3:' }).click();
  await expect(list).toBeHidden();
  await expect(bubble(ana, 'Prompt 3:')).toBeInViewport();
  await ana.button('Next message of mine').click();
  await expect(bubble(ana, 'Prompt 4:')).toBeInViewport();
});

test('words are found far up, one hit after the other; and when there are none, it says so', async ({
  ana,
  long,
}) => {
  await open(ana);
  await ana.button('Search in this conversation').click();
  const field = ana.page.getByRole('searchbox', { name: 'Search in this conversation' });
  await expect(field).toBeFocused();
  await field.fill('DONE WITH PROMPT 2');
  const hits = long.prompts.filter((_, n) => String(n + 1).startsWith('2')).length;
  await expect(ana.page.getByText(`${hits} of ${hits}`)).toBeVisible();
  await ana.button('Hit below').click();
  await expect(ana.page.getByText(`1 of ${hits}`)).toBeVisible();
  await expect(ana.page.getByText('Done with prompt 2.')).toBeInViewport();
  await ana.button('Hit below').click();
  await expect(ana.page.getByText('Done with prompt 20.')).toBeInViewport();
  await field.fill('no such words anywhere');
  await expect(ana.page.getByText('Nothing', { exact: true })).toBeVisible();
  await expect(ana.button('Hit above')).toBeDisabled();
  await ana.page.goBack();
  await expect(field).toBeHidden();
  await expect(ana.messageBox).toBeVisible();
});

test('searching without the computer says so, and finds when it is back', async ({ ana, daemon, long }) => {
  await open(ana);
  await ana.button('Search in this conversation').click();
  const field = ana.page.getByRole('searchbox', { name: 'Search in this conversation' });
  await daemon.stop();
  await field.fill('Done with prompt 1.');
  await expect(ana.page.getByRole('alert')).toBeVisible();
  await daemon.start();
  await expect(async () => {
    await field.press('Enter');
    await expect(ana.page.getByText('1 of 1')).toBeVisible({ timeout: 2000 });
  }).toPass();
  await expect(ana.page.getByText('Done with prompt 1.', { exact: true })).toBeInViewport();
  expect(long.prompts.length).toBeGreaterThan(20);
});

test('far up nothing moves while Claude writes, and coming back leads to the same line', async ({
  ana,
  long,
}) => {
  await open(ana);
  await ana.say('[[slow 40 50]]');
  await expect(ana.answers.last()).toContainText('fox');
  await scrollTo(ana, 3000);
  await expect.poll(() => lineInSight(ana.page)).toBeDefined();
  await scrollTo(ana, 3010);
  await expect(ana.button(/Jump to latest, \d+ new/)).toBeVisible({ timeout: 60_000 });
  const before = await lineInSight(ana.page);
  expect(before).toBeDefined();
  await expect(ana.button(/^Stop/)).toBeHidden();
  expect(await lineInSight(ana.page)).toEqual(before);
  await ana.page.goBack();
  await expect(ana.page.getByRole('heading', { name: 'Porchlight' })).toBeVisible();
  await ana.page.getByRole('link', { name: /A long story/ }).click();
  await expect.poll(() => lineInSight(ana.page)).toEqual(before);
  expect(long.prompts.length).toBeGreaterThan(20);
});
