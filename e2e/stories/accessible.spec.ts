// For people who do not see the screen, or see it large, or have no finger to spare: axe finds nothing anywhere.
import { appendFileSync, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { markdownTour } from '../../daemon/testing/scripted-api/demo/words.ts';
import { text, tool } from '../../daemon/testing/scripted-api/replies.ts';
import { builtInScripts } from '../../daemon/testing/scripted-api/scripts.ts';
import { startScriptedApi } from '../../daemon/testing/scripted-api/server.ts';
import { startTestDaemon, type TestDaemon } from '../../daemon/testing/test-daemon.ts';
import { expectAccessible, tabStops } from '../people/accessibility.ts';
import { openedPage } from '../people/opened-page.ts';
import { expect, test as story } from '../people/story.ts';

const scripts = {
  ...builtInScripts,
  tour: [() => [text(markdownTour)]],
  two: [() => ['/etc/hosts', '/etc/services'].map((path) => tool('Read', { file_path: path }))],
};
const test = story.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to know what a fixture needs
  daemon: async ({}, use) => {
    const api = await startScriptedApi({ scripts });
    const daemon = await startTestDaemon({ api });
    await use(daemon);
    await daemon.close();
    await api.close();
  },
});
// Axe looks at every element, up to twenty times a story.
test.describe.configure({ timeout: 180_000 });
const withKeyboard = { isMobile: false, hasTouch: false, viewport: { width: 390, height: 844 } };

/** Lets the one run write a line that no version of Porchlight knows. */
function writeUnknownLine(daemon: TestDaemon): void {
  const runs = join(daemon.home, 'runs');
  const [run = ''] = readdirSync(runs);
  const spool = readdirSync(join(runs, run)).find((name) => /spool|stdout/.test(name)) ?? '';
  appendFileSync(join(runs, run, spool), '{"type":"moon_risen","phase":"full"}\n');
}

test('axe finds nothing on the way in', async ({ ana, newPerson, daemon }) => {
  await daemon.restartWith('--open');
  await ana.page.goto(daemon.url);
  await expect(ana.page.getByText('Scan the code on your computer')).toBeVisible();
  await expectAccessible(ana.page, 'a stranger');
  const computer = await newPerson();
  await computer.page.goto(await openedPage(daemon.home));
  await expect(computer.page.getByRole('img', { name: /QR code/ })).toBeVisible();
  await computer.page.getByText('What if it does not open?').click();
  await expectAccessible(computer.page, 'the pair page with a code');
  const { firstLine } = await daemon.begin('pair', '--json');
  await ana.scan(JSON.parse(firstLine).url);
  await ana.digits();
  await computer.digits();
  await expect(computer.button('Allow')).toBeEnabled();
  await expectAccessible(ana.page, 'the digits on the phone');
  await expectAccessible(computer.page, 'the digits on the computer');
  await computer.button('Allow').click();
  await expect(computer.page.getByText(/paired/)).toBeVisible();
  await expectAccessible(computer.page, 'the pair page when done');
  await expect(ana.page.getByText('The light is on')).toBeVisible();
  await expectAccessible(ana.page, 'Now, when there is nothing yet');
});

test('axe finds nothing on Now and the sheets', async ({ ana }) => {
  await ana.pair();
  await ana.page.getByRole('link', { name: 'Say hello' }).click();
  await expect(ana.page.getByRole('button', { name: /^project/ })).toBeVisible();
  await expectAccessible(ana.page, 'a new conversation');
  await ana.page.getByRole('button', { name: /^project/ }).click();
  await expect(ana.messageBox).toBeVisible();
  await expectAccessible(ana.page, 'a conversation without words');
  for (const chip of [/^Mode:/, /^Model and effort:/, 'Menu of this conversation']) {
    await ana.button(chip).click();
    await expect(ana.page.getByRole('dialog')).toBeVisible();
    await expectAccessible(ana.page, `the sheet behind ${chip}`);
    await ana.button('Close').click();
  }
  await ana.say('[[long 60]]');
  await expect(ana.receipts).toHaveCount(1);
  await expectAccessible(ana.page, 'a long answer, with nothing to press in it');
  await ana.button('Back').click();
  await expect(ana.page.getByText('Recent')).toBeVisible();
  await ana.startConversation();
  await ana.say('[[bash touch a.txt]]');
  await expect(ana.button('Allow')).toBeVisible();
  await ana.button('Back').click();
  await expect(ana.page.getByRole('link', { name: /bash touch a/ })).toBeVisible();
  await ana.startConversation();
  await ana.say('[[hold working]]');
  await expect(ana.answers).toContainText('before');
  await ana.button('Back').click();
  await expect(ana.page.getByRole('heading', { name: 'Working' })).toBeVisible();
  await expectAccessible(ana.page, 'Now, with all lists');
});

test('axe finds nothing in a conversation with items of every kind', async ({ ana, daemon }) => {
  const { page } = ana;
  await ana.pair();
  await ana.startConversation();
  await ana.button(/^Mode:/).click();
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^Accept edits/ })
    .click();
  await expect(page.getByRole('dialog')).toHaveCount(0);
  const words = ['tour', 'think', 'write notes.txt', 'edit notes.txt', 'bash ls', 'task', 'limitok', 'e400'];
  for (const [index, word] of words.entries()) {
    await ana.say(`[[${word}]]`);
    await expect(ana.receipts).toHaveCount(index + 1);
  }
  writeUnknownLine(daemon);
  await ana.button(/moon_risen/).click();
  await expect(page.getByText('full')).toBeVisible();
  await expectAccessible(page, 'a conversation, everything folded');
  const closed = ana.transcript.getByRole('button', { expanded: false });
  while ((await closed.count()) > 0) await closed.first().click();
  await expect(page.getByText('Opening…')).toHaveCount(0);
  await expectAccessible(page, 'a conversation, everything open');
});

test('axe finds nothing in what Claude asks, and in what waits', async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[bash touch a.txt]]');
  await expect(ana.button('Allow')).toBeVisible();
  for (const word of ['one', 'two']) {
    await ana.say(word);
    await expect(ana.page.getByRole('list', { name: 'Waiting for their turn' })).toContainText(word);
  }
  await ana.button('two').click();
  await expectAccessible(ana.page, 'a permission, and messages that wait');
  for (const step of ['Edit the command', 'Always…', 'Deny…']) {
    await ana.button(step).click();
    await expectAccessible(ana.page, `a permission: ${step}`);
    await ana.button('Back').last().click();
  }
  await ana.button('Stop').click();
  await expectAccessible(ana.page, 'Stop, while messages wait');
  await ana.button(/^Stop and drop/).click();
  await expect(ana.receipts).toHaveCount(1);
  await ana.say('[[ask]]');
  await expect(ana.button('Answer')).toBeVisible();
  await ana.page.getByRole('radio', { name: 'Other' }).check();
  await ana.button(/Add a note: Which features/).click();
  await expectAccessible(ana.page, 'a question');
  await ana.button('Skip').click();
  await expect(ana.receipts).toHaveCount(2);
  const { conversations } = await daemon.client.command('conversation.list', {});
  const conversationId = conversations[0]?.conversationId ?? '';
  await daemon.client.command('conversation.configure', { conversationId, mode: 'plan' });
  await ana.say('[[plan]]');
  await expect(ana.button('Go, edits accepted')).toBeVisible();
  await expectAccessible(ana.page, 'a plan');
  await ana.page.setViewportSize({ width: 844, height: 390 });
  await expectAccessible(ana.page, 'a plan, in landscape');
});

test('a request is said aloud, and a keyboard alone answers it, then writes on', async ({
  newPerson,
  daemon,
}) => {
  const ana = await newPerson(withKeyboard);
  const { keyboard } = ana.page;
  await ana.pair();
  await ana.startConversation();
  await expect(ana.messageBox).toBeFocused();
  await keyboard.type('[[bash touch keys.txt]]');
  await keyboard.press('Enter');
  const said = ana.page.getByRole('status').filter({ hasText: 'Claude asks' });
  await expect(said).toHaveText('Claude asks: Run this command? touch keys.txt');
  await expect(ana.page.getByRole('region', { name: 'Claude asks: Run this command?' })).toBeVisible();
  await expect(ana.button('Allow')).toBeVisible();
  const stops = await tabStops(ana.page);
  expect(
    stops.filter((name) => name.trim() === ''),
    'stops without a name',
  ).toEqual([]);
  const inOrder = ['Back', 'Menu of this conversation', 'Deny…', 'Always…', 'Edit the command', 'Allow'];
  inOrder.push('Mode: Ask', 'Message to Claude', 'Stop');
  expect(stops.filter((name) => inOrder.includes(name))).toEqual(inOrder);
  const words = stops.findIndex((name) => name.includes('With Claude'));
  expect(words, 'the transcript can be scrolled by keyboard').toBeGreaterThan(0);
  await ana.messageBox.focus();
  while (!(await ana.button('Allow').evaluate((button) => button === document.activeElement))) {
    await keyboard.press('Shift+Tab');
  }
  await keyboard.press('Enter');
  await expect(ana.receipts).toHaveCount(1);
  expect(existsSync(join(daemon.project, 'keys.txt'))).toBe(true);
  await expect(said).toHaveCount(0);
  await expect(ana.messageBox).toBeFocused();
});

test('of several requests the next has the focus when one is answered by keyboard', async ({ newPerson }) => {
  const ana = await newPerson(withKeyboard);
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[two]]');
  await expect(ana.page.getByText('1 of 2')).toBeVisible();
  await ana.button('Allow').press('Enter');
  await expect(ana.page.getByRole('region', { name: 'Claude asks: Read services?' })).toBeFocused();
});

test('at 320 px and with text of twice the size a request can be answered, and axe finds nothing', async ({
  ana,
}) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[long 20]]');
  await expect(ana.receipts).toHaveCount(1);
  await ana.page.setViewportSize({ width: 320, height: 640 });
  await ana.page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
  await ana.say('[[bash touch a-file-with-a-name-that-is-longer-than-the-screen.txt]]');
  await ana.say('This waits.');
  await expect(ana.button('This waits.')).toBeVisible();
  await expect(ana.messageBox).toBeInViewport({ ratio: 1 });
  await expect(ana.page.getByRole('heading', { level: 1 })).toBeInViewport({ ratio: 1 });
  await ana.transcript.evaluate((log) => log.parentElement?.scrollTo(0, 0));
  await expect(ana.button(/Jump to latest/), 'a button over the title').toBeHidden();
  await expect(ana.button('Stop')).toBeInViewport({ ratio: 1 });
  for (const name of ['Deny…', 'Always…', 'Allow']) {
    await ana.button(name).scrollIntoViewIfNeeded();
    await expect(ana.button(name)).toBeInViewport({ ratio: 1 });
  }
  const sticksOut = () => ana.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await sticksOut()).toBe(0);
  await expectAccessible(ana.page, 'a permission in large text');
  await ana.button('Allow').click();
  await expect(ana.page.getByText('Answered').last()).toBeVisible();
  await expect(ana.button('Stop')).toHaveCount(0);
  await expectAccessible(ana.page, 'a conversation in large text');
  await ana.button('Back').click();
  await expect(ana.page.getByText('Recent')).toBeVisible();
  expect(await sticksOut()).toBe(0);
  await expectAccessible(ana.page, 'Now in large text');
});
