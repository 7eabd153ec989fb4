// Going back in a conversation, forking it, undoing what a turn did to files, and going on after an interruption. And what all
// that looks like.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import { endRuns } from '../../daemon/testing/end-runs.ts';
import { expectAccessible } from '../people/accessibility.ts';
import { look } from '../people/look.ts';
import type { Person } from '../people/person.ts';
import { expect, test } from '../people/story.ts';

const sheet = (who: Person) => who.page.getByRole('dialog');
const deed = (who: Person, name: RegExp) => sheet(who).getByRole('button', { name });
const menuOf = (who: Person, words: string): Locator =>
  who.page
    .locator('.item.message')
    .filter({ hasText: words })
    .getByRole('button', { name: 'What to do with this message' });

async function begin(who: Person, ...said: string[]): Promise<void> {
  await who.pair();
  await who.startConversation();
  for (const [index, text] of said.entries()) {
    await who.say(text);
    await expect(who.receipts).toHaveCount(index + 1);
  }
}

async function acceptEdits(who: Person): Promise<void> {
  await who.button(/^Mode:/).click();
  await deed(who, /^Accept edits/).click();
  await expect(sheet(who)).toHaveCount(0);
}

/** What the person said, as the newest request tells the API. */
function told(requests: readonly { picked?: object; body?: { raw: unknown } }[]): string[] {
  const raw = JSON.stringify(requests.findLast((request) => request.picked)?.body?.raw ?? '');
  return [...raw.matchAll(/\[\[(text \w+)\]\]/g)].map(([, words]) => words ?? '');
}

test('going back gives the words back to write anew, and Claude no longer knows of them', async ({
  ana,
  daemon,
}) => {
  await begin(ana, '[[text one]]', '[[text two]]', '[[text three]]');
  await look(ana.page, 'branching-transcript');
  await menuOf(ana, '[[text two]]').click();
  await look(ana.page, 'branching-message');
  await expectAccessible(ana.page, 'the sheet of a message');
  await deed(ana, /^Go back to here/).click();
  await expect(sheet(ana)).toHaveCount(0);
  await expect(ana.messageBox).toHaveValue('[[text two]]');
  await expect(ana.transcript).toContainText('6 entries set aside · Show');
  await look(ana.page, 'branching-set-aside');
  await expect(ana.words).toHaveText(['[[text one]]']);
  await ana.messageBox.fill('[[text four]]');
  await ana.button(/^Send/).click();
  await expect(ana.receipts).toHaveCount(2);
  expect(told(daemon.api.requests)).toEqual(['text one', 'text four']);

  await ana.button(/set aside · Show/).click();
  await expect(ana.words).toHaveText(['[[text one]]', '[[text two]]', '[[text three]]', '[[text four]]']);
  await look(ana.page, 'branching-set-aside-open');
  await menuOf(ana, '[[text three]]').click();
  await expect(deed(ana, /^Copy/)).toBeVisible();
  await expect(deed(ana, /^Go back/)).toHaveCount(0);
});

test('while Claude works, going back waits for a stop', async ({ ana, daemon }) => {
  await begin(ana, '[[text one]]', '[[text two]]');
  await ana.say('[[hold busy]]');
  await daemon.api.waiting('busy');
  await menuOf(ana, '[[text two]]').click();
  await expect(deed(ana, /^Go back to here/)).toBeDisabled();
  await look(ana.page, 'branching-message-working');
  await deed(ana, /^Stop/).click();
  await deed(ana, /^Go back to here/).click();
  await expect(ana.messageBox).toHaveValue('[[text two]]');
});

test('a fork goes on by itself, beside the conversation that it comes from', async ({ ana, daemon }) => {
  await begin(ana, '[[text one]]', '[[text two]]');
  const address = ana.page.url();
  await menuOf(ana, '[[text two]]').click();
  await deed(ana, /^Fork from here/).click();
  await expect(ana.messageBox).toHaveValue('[[text two]]');
  await expect(ana.page).not.toHaveURL(address);
  await expect(ana.transcript).toContainText('A conversation of its own from here');
  await look(ana.page, 'branching-fork');
  await ana.messageBox.fill('[[text forked]]');
  await ana.button(/^Send/).click();
  await expect(ana.answers).toHaveText(['one', 'forked']);
  expect(told(daemon.api.requests)).toEqual(['text one', 'text forked']);
  await ana.page.getByRole('heading', { level: 1 }).getByRole('button').click();
  await deed(ana, /^Open what it was forked from/).click();
  await expect(ana.page).toHaveURL(address);
  await expect(ana.answers).toHaveText(['one', 'two']);
});

test('the details say how to go on in a terminal, rename and fork', async ({ ana }) => {
  await begin(ana, 'Please mend [[text lamps]]');
  const title = ana.page.getByRole('heading', { level: 1 });
  await expect(title).toHaveText('Please mend text lamps');
  await title.getByRole('button').click();
  await expect(sheet(ana)).toContainText(/cd \S+\/project && claude --resume [0-9a-f-]{36}/);
  await look(ana.page, 'branching-details');
  await expectAccessible(ana.page, 'the details');
  await sheet(ana).getByRole('textbox', { name: 'Title' }).fill('Lamps');
  await deed(ana, /^Rename/).click();
  await expect(title).toHaveText('Lamps');
  await title.getByRole('button').click();
  await deed(ana, /^Fork this conversation/).click();
  await expect(title).toHaveText('Fork of Lamps');
  await expect(ana.answers).toHaveText(['lamps']);
});

test('what a turn did to files is undone after a look; what it ran is not', async ({ ana, daemon }) => {
  const old = join(daemon.project, 'old.txt');
  const original = 'line one\nline two\nline three\n';
  writeFileSync(old, original);
  await ana.pair();
  await ana.startConversation();
  await acceptEdits(ana);
  await ana.say('[[edit old.txt]]');
  await expect(ana.receipts).toHaveCount(1);
  expect(readFileSync(old, 'utf8')).not.toBe(original);
  await ana.receipts.first().click();
  await ana.button('Undo its files…').click();
  await expect(sheet(ana)).toContainText('One file will be as before this message (+1 −1).');
  await look(ana.page, 'branching-undo');
  await expectAccessible(ana.page, 'undoing files');
  await deed(ana, /^Put back/).click();
  await expect(sheet(ana)).toHaveCount(0);
  await expect(ana.transcript).toContainText('One file was put back');
  expect(readFileSync(old, 'utf8')).toBe(original);
  await ana.button('Undo its files…').click();
  await expect(sheet(ana)).toContainText('There is nothing to put back');
});

test('going back can take the files along', async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await acceptEdits(ana);
  await ana.say('[[write made.txt]]');
  await expect(ana.receipts).toHaveCount(1);
  await menuOf(ana, '[[write made.txt]]').click();
  await deed(ana, /^Go back, and the files too/).click();
  await look(ana.page, 'branching-message-files');
  await deed(ana, /^Go back$/).click();
  await expect(ana.messageBox).toHaveValue('[[write made.txt]]');
  expect(existsSync(join(daemon.project, 'made.txt'))).toBe(false);
});

test('after an interruption one continues, tries again, or leaves it', async ({ ana, daemon }) => {
  await begin(ana, '[[text one]]');
  await ana.say('[[hold first]]');
  await daemon.api.waiting('first');
  await endRuns(daemon.home);
  const card = ana.page.getByRole('region', { name: 'Interrupted' });
  await expect(card).toBeVisible();
  await look(ana.page, 'branching-interrupted');
  await card.getByRole('button', { name: 'Retry' }).click();
  await daemon.api.waiting('first');
  daemon.api.release('first');
  await expect(ana.receipts).toHaveCount(2);
  await expect(ana.words).toHaveText(['[[text one]]', '[[hold first]]']);

  await ana.say('[[hold second]]');
  await daemon.api.waiting('second');
  await endRuns(daemon.home);
  await card.getByRole('button', { name: 'Leave' }).click();
  await expect(card).toHaveCount(0);
  await ana.page.reload();
  await expect(ana.words).toHaveText(['[[text one]]', '[[hold first]]', '[[hold second]]']);
  await expect(card).toHaveCount(0);
});
