// What every screen looks like: pictures in e2e/results/looks, in light and dark, at 320, 430 and desktop width, for a person to look
// at. What a machine can see of it is checked: nothing is wider than the screen, and every control is large enough for a thumb.
import type { Page } from '@playwright/test';
import { demoProject } from '../../daemon/testing/scripted-api/demo/project.ts';
import { chooseDemoScript, demoScripts, finishDemo } from '../../daemon/testing/scripted-api/demo-scripts.ts';
import { startScriptedApi } from '../../daemon/testing/scripted-api/server.ts';
import { startTestDaemon } from '../../daemon/testing/test-daemon.ts';
import { openedPage } from '../people/opened-page.ts';
import { Person } from '../people/person.ts';
import { atSizes } from '../people/pictures.ts';
import { expect, test } from '../people/story.ts';

const sizes = [
  { name: '320', width: 320, height: 640 },
  { name: '430', width: 430, height: 900 },
  { name: 'desktop', width: 1280, height: 800 },
];

/** Takes the screen's pictures, and checks what a machine can. */
async function look(page: Page, name: string): Promise<void> {
  await atSizes(page, sizes, { folder: 'looks', name }, async (at) => {
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `${at}: pixels that stick out`).toBe(0);
    expect(await smallControls(page), `${at}: controls too small for a thumb`).toEqual([]);
  });
}

/** Buttons and links that are less than 44 px in either direction; links inside running text are as they are. */
function smallControls(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('button, a[href], input, textarea')]
      .filter((control) => !control.closest('p, li > code, td, .markdown'))
      // A tap on the words of a choice chooses it.
      .map((control) => ({
        control,
        box: (
          (control.matches('[type=radio], [type=checkbox]') && control.closest('label')) ||
          control
        ).getBoundingClientRect(),
      }))
      .filter(({ box }) => box.width > 0 && (box.width < 43.5 || box.height < 43.5))
      .map(
        ({ control, box }) =>
          `${control.getAttribute('aria-label') ?? control.textContent} ${Math.round(box.width)}×${Math.round(box.height)}`,
      ),
  );
}

test('every screen', async ({ browser, contextOptions }) => {
  test.setTimeout(240_000);
  const api = await startScriptedApi({
    scripts: demoScripts,
    chooseScript: chooseDemoScript,
    finish: finishDemo,
  });
  const daemon = await startTestDaemon({ api, files: demoProject, args: ['--open'] });
  const context = () => browser.newContext({ ...contextOptions, ignoreHTTPSErrors: true });
  const [phone, computer] = await Promise.all([context(), context()]);
  const ana = new Person(await phone.newPage(), daemon);
  const desk = new Person(await computer.newPage(), daemon);
  try {
    await ana.page.goto(daemon.url);
    await expect(ana.page.getByText('Scan the code on your computer')).toBeVisible();
    await look(ana.page, 'stranger');
    await desk.page.goto(await openedPage(daemon.home));
    await expect(desk.page.getByRole('img', { name: /QR code/ })).toBeVisible();
    await look(desk.page, 'pair-page');
    const { firstLine } = await daemon.begin('pair', '--json');
    await ana.scan(JSON.parse(firstLine).url);
    await ana.digits();
    await desk.digits();
    await look(ana.page, 'pair-phone');
    await look(desk.page, 'pair-page-asks');
    await desk.button('Allow').click();
    await expect(desk.page.getByText(/paired/)).toBeVisible();
    await look(desk.page, 'pair-page-done');

    await expect(ana.page.getByText('The light is on')).toBeVisible();
    await look(ana.page, 'now-first');
    await ana.page.getByRole('link', { name: 'Say hello' }).click();
    await expect(ana.page.getByRole('button', { name: /^project/ })).toBeVisible();
    await look(ana.page, 'new-conversation');
    await ana.page.getByRole('button', { name: /^project/ }).click();
    await look(ana.page, 'conversation-empty');

    await ana.say('Hello! What can you do?');
    await expect(ana.answers.first()).toContainText(/\w+ \w+ \w+ \w+/);
    await look(ana.page, 'conversation-streaming');
    await expect(ana.receipts).toHaveCount(1);
    await ana.say('Show me some markdown');
    await expect(ana.receipts).toHaveCount(2);
    await look(ana.page, 'conversation-markdown');
    await ana.say('Edit the greeting please');
    await expect(ana.button('Allow')).toBeVisible();
    await look(ana.page, 'permission');
    await ana.button('Deny…').click();
    await look(ana.page, 'permission-deny');
    await ana.button('Back').last().click();
    await ana.button('Allow').click();
    await expect(ana.receipts).toHaveCount(3);
    await ana
      .button(/hello\.js/)
      .last()
      .click();
    await look(ana.page, 'tool-open');

    await ana.page.goto(daemon.url);
    await expect(ana.page.getByText('Recent')).toBeVisible();
    await ana.startConversation();
    await ana.say('Create a new file for me');
    await expect(ana.button('Allow')).toBeVisible();
    await ana.page.goto(daemon.url);
    await look(ana.page, 'now-needs-you');
    await daemon.stop('SIGKILL');
    await expect(ana.page.getByRole('status')).toBeVisible();
    await look(ana.page, 'now-offline');
    await daemon.start();
  } finally {
    await phone.close();
    await computer.close();
    await daemon.close();
    await api.close();
  }
});
