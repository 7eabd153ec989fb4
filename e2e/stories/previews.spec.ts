// Seeing a project while it is built: what would run is shown and allowed, the page shows over the chat and follows Claude's changes,
// and what is pinned or broken there becomes words that the person sends.
import type { Page } from '@playwright/test';
import { expectAccessible } from '../people/accessibility.ts';
import { look } from '../people/look.ts';
import { expect, test } from '../people/story.ts';
import { writeFailingProject, writeStaticProject, writeViteProject } from '../people/web-project.ts';

/** A dev server takes its time on a busy machine. */
const patient = { timeout: 60_000 };
test.describe.configure({ timeout: 240_000 });

const shown = (page: Page) => page.frameLocator('.preview-page > iframe').frameLocator('iframe');

test('a project is allowed, seen over the chat, changed by Claude without a reload, and pinned', async ({
  ana,
  daemon,
}) => {
  writeViteProject(daemon.project);
  await ana.pair();
  await ana.startConversation();
  await ana.acceptEdits();
  const { page } = ana;
  const line = ana.button(/See this project running/);
  await expect(line).toBeVisible();
  await look(page, 'preview-offered');

  await line.click();
  const sheet = page.getByRole('dialog', { name: 'Previews' });
  await expect(sheet.getByRole('region', { name: 'dev' })).toContainText('$ npm run dev');
  await expect(sheet).toContainText('vite');
  await look(page, 'preview-allow');
  await expectAccessible(page, 'what a preview would run');
  await sheet.getByRole('button', { name: 'Allow' }).click();

  const preview = page.getByRole('dialog', { name: 'dev' });
  const app = shown(page);
  await expect(app.locator('#words')).toHaveText('line two', patient);
  await expect(preview.getByRole('status').first()).toContainText('Ready');
  await app.locator('body').evaluate(() => {
    window.name = 'not loaded anew';
  });
  await look(page, 'preview-half');
  await expectAccessible(page, 'a preview over the chat');

  // Claude changes a file while the sheet is closed and open again: the page is another one then; open, it follows.
  await preview.getByRole('button', { name: 'Close' }).click();
  await expect(preview).toHaveCount(0);
  await ana.say('[[edit words.js]]');
  await ana.button(/^dev Ready/).click();
  await expect(app.locator('#words')).toHaveText(/line (two|2 \(edited\))/);
  await expect(app.locator('#words')).toHaveText('line 2 (edited)');
  await preview.getByRole('button', { name: 'Whole screen' }).click();

  await preview.getByRole('button', { name: 'Pin', exact: true }).click();
  await app.locator('#buy').click();
  await app.locator('h1').click();
  const pins = preview.getByRole('list', { name: 'Pins' });
  await expect(pins.getByRole('listitem')).toHaveCount(2);
  // Pinned, and not bought.
  expect(await app.locator('body').evaluate(() => document.title)).toBe('Shop');
  await preview.getByRole('textbox', { name: 'Note for pin 1' }).fill('make it green');
  await preview.getByRole('textbox', { name: 'Note for pin 2' }).fill('larger');
  await look(page, 'preview-pins');
  await expectAccessible(page, 'pins');
  await preview.getByRole('button', { name: 'Tell Claude' }).click();
  await expect(preview).toHaveCount(0);
  await expect(ana.messageBox).toHaveValue(/1\. make it green[\s\S]*selector: #buy[\s\S]*2\. larger/);
  await expect(page.getByRole('list', { name: 'Files of this message' }).getByRole('listitem')).toHaveCount(
    2,
  );
  await ana.button(/^Send(?! again)/).click();
  await expect(ana.answers.last()).toContainText('echo:');
  const sent = daemon.api.requests.map(({ body }) => JSON.stringify(body ?? ''));
  const said = sent.find((one) => one.includes('make it green') && one.includes('"type":"image"')) ?? '';
  expect(said).toContain('selector: #buy');
  // The machine of a test has a browser: each pin with its picture.
  expect(said).toContain('The pictures show the places');
  expect(new Set(said.match(/"data":"[^"]{100,}"/g)).size).toBe(2);
});

test('the page follows a change while it is looked at, without being loaded anew', async ({
  ana,
  daemon,
}) => {
  writeViteProject(daemon.project);
  await ana.pair();
  await ana.startConversation();
  await ana.acceptEdits();
  await ana.button(/See this project/).click();
  await ana.button('Allow').click();
  const app = shown(ana.page);
  await expect(app.locator('#words')).toHaveText('line two', patient);
  await app.locator('body').evaluate(() => {
    window.name = 'still the same';
  });
  // From another device: this one looks.
  const { client } = daemon;
  const { conversations } = await client.command('conversation.list', {});
  const conversationId = conversations[0]?.conversationId ?? '';
  await client.command('message.send', { conversationId, clientId: 'one', text: '[[edit words.js]]' });
  await expect(app.locator('#words')).toHaveText('line 2 (edited)');
  expect(await app.locator('body').evaluate(() => window.name)).toBe('still the same');
});

test('what goes wrong in the page is counted, shown, and put into the message box', async ({
  ana,
  daemon,
}) => {
  writeViteProject(daemon.project);
  await ana.pair();
  await ana.startConversation();
  await ana.button(/See this project/).click();
  await ana.button('Allow').click();
  const { page } = ana;
  const preview = page.getByRole('dialog', { name: 'dev' });
  const app = shown(page);
  await expect(app.locator('#words')).toHaveText('line two', patient);
  await app.locator('#buy').click();
  const errors = preview.getByRole('button', { name: 'Errors, 2' });
  await expect(errors).toBeVisible();
  await errors.click();
  const list = preview.getByRole('list', { name: 'Errors in the page' });
  await expect(list).toContainText('the till is broken');
  await expect(list).toContainText('POST /api/till answered 404');
  await look(page, 'preview-errors');
  await preview.getByRole('button', { name: 'Fix this' }).click();
  await expect(ana.messageBox).toHaveValue(/the till is broken[\s\S]*POST \/api\/till answered 404/);
  // Nothing is sent by itself.
  await expect(ana.words).toHaveCount(0);
});

test('the log is read, and the server is stopped and started again', async ({ ana, daemon }) => {
  writeViteProject(daemon.project);
  await ana.pair();
  await ana.startConversation();
  await ana.button(/See this project/).click();
  await ana.button('Allow').click();
  const { page } = ana;
  const preview = page.getByRole('dialog', { name: 'dev' });
  await expect(shown(page).locator('#words')).toHaveText('line two', patient);
  await preview.getByRole('button', { name: 'Log' }).click();
  await expect(preview.getByRole('region', { name: 'Log' })).toContainText('Local');
  await expect(preview.locator('.preview-log [class*=ansi-]').first()).toBeVisible();
  await look(page, 'preview-log');
  await preview.getByRole('button', { name: 'More' }).click();
  await look(page, 'preview-more');
  await preview.getByRole('button', { name: 'Stop' }).click();
  await expect(preview.getByRole('heading', { name: 'Stopped' })).toBeVisible();
  await look(page, 'preview-stopped');
  await preview.getByRole('button', { name: 'More' }).click();
  await preview.getByRole('button', { name: 'Start', exact: true }).click();
  await expect(shown(page).locator('#words')).toHaveText('line two', patient);
});

test('a page without a server is shown too, from Now and in a tab of its own', async ({
  ana,
  daemon,
  context,
}) => {
  writeStaticProject(daemon.project);
  await ana.pair();
  await ana.startConversation();
  await ana.button(/See this project/).click();
  await ana.button('Allow').click();
  const { page } = ana;
  const app = shown(page);
  await expect(app.locator('#words')).toHaveText('three lamps', patient);
  const preview = page.locator('.preview-sheet');
  await app.getByRole('link', { name: 'About' }).click();
  await expect(preview.getByRole('combobox', { name: 'Path in the preview' })).toHaveValue('/about.html');
  await preview.getByRole('button', { name: /^Shown as on a phone/ }).click();
  await preview.getByRole('button', { name: /^Shown as on a tablet/ }).click();
  await expect.poll(() => app.locator('body').evaluate(() => window.innerWidth)).toBe(1280);
  await look(page, 'preview-desktop-width');
  await preview.getByRole('button', { name: 'More' }).click();
  const tab = context.waitForEvent('page');
  await preview.getByRole('link', { name: 'Open in its own tab' }).click();
  await expect((await tab).locator('#words')).toHaveText('three lamps');
  await (await tab).close();
  // Closed although a link in the page was followed.
  await preview.getByRole('button', { name: 'Close' }).click();
  await expect(preview).toHaveCount(0);
  await expect(ana.messageBox).toBeVisible();
  await page.goto(new URL('/', page.url()).href);
  await expect(page.getByRole('region', { name: 'Previews' })).toBeVisible();
  await look(page, 'preview-on-now');
  await page.getByRole('region', { name: 'Previews' }).getByRole('button').click();
  await expect(app.locator('#words')).toHaveText('three lamps', patient);
});

test('a server that ends by itself says so with its last lines, which go into the message box', async ({
  ana,
  daemon,
}) => {
  writeFailingProject(daemon.project);
  await ana.pair();
  await ana.startConversation();
  await ana.button(/See this project running/).click();
  await ana.button('Allow').click();
  const preview = ana.page.getByRole('dialog', { name: 'dev' });
  await expect(preview.getByRole('heading', { name: 'It has ended' })).toBeVisible(patient);
  await expect(preview.getByRole('region', { name: 'Its last lines' })).toContainText('<b>no lamps</b>');
  await expect(preview).toContainText('code 3');
  await look(ana.page, 'preview-ended');
  await expectAccessible(ana.page, 'a preview that has ended');
  await preview.getByRole('button', { name: 'Fix this' }).click();
  await expect(ana.messageBox).toHaveValue(/has ended[\s\S]*<b>no lamps<\/b>/);
});

test('a pin says where its element is in the code, where the development build tells it', async ({
  ana,
  daemon,
}) => {
  writeStaticProject(daemon.project);
  await ana.pair();
  await ana.startConversation();
  await ana.button(/See this project running/).click();
  await ana.button('Allow').click();
  const preview = ana.page.locator('.preview-sheet');
  const app = shown(ana.page);
  await expect(app.locator('#words')).toHaveText('three lamps', patient);
  // What Svelte, Vue and React leave at their elements.
  await app.locator('body').evaluate(() => {
    const leave = (selector: string, left: object) =>
      Object.assign(document.querySelector(selector) ?? {}, left);
    leave('h1', { __svelte_meta: { loc: { file: 'src/Head.svelte', line: 3, column: 0 } } });
    leave('#words', { __vueParentComponent: { type: { __file: '/app/src/Words.vue', __name: 'Words' } } });
    const source = { fileName: '/app/src/Buy.jsx', lineNumber: 12 };
    leave('#buy', { __reactFiber$x: { _debugSource: source, _debugOwner: { type: { name: 'Buy' } } } });
  });
  await preview.getByRole('button', { name: 'Pin', exact: true }).click();
  for (const selector of ['h1', '#words', '#buy', 'a']) await app.locator(selector).click();
  await expect(preview.getByRole('listitem')).toHaveCount(4);
  // A link that is pinned leads nowhere.
  await expect(preview.getByRole('combobox', { name: 'Path in the preview' })).toHaveValue('/');
  await expect(preview.locator('.pin .where')).toHaveText([
    'src/Head.svelte:3',
    '/app/src/Words.vue (in Words)',
    '/app/src/Buy.jsx:12 (in Buy)',
  ]);
  await preview.getByRole('button', { name: 'Remove pin 2' }).click();
  await expect(preview.getByRole('listitem')).toHaveCount(3);
});
