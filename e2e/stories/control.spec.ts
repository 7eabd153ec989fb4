// What a person changes while Claude works: mode, model, what waits, and Stop. And what all that looks like.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from '@playwright/test';
import type { Person } from '../people/person.ts';
import { atSizes, takePicture } from '../people/pictures.ts';
import { expect, test } from '../people/story.ts';

const sizes = [
  { name: '320', width: 320, height: 640 },
  { name: '390', width: 390, height: 844 },
];

const modeChip = (who: Person) => who.button(/^Mode:/);
const modelChip = (who: Person) => who.button(/^Model and effort:/);
const waiting = (who: Person) => who.page.getByRole('list', { name: 'Waiting for their turn' });
const waitingWords = (who: Person) => waiting(who).locator('.text');

async function choose(who: Person, chip: Locator, name: RegExp): Promise<void> {
  await chip.click();
  await who.page.getByRole('dialog').getByRole('button', { name }).click();
}

/** Opens a waiting message and presses one of its buttons. */
async function change(who: Person, text: string, button: string): Promise<void> {
  const row = waiting(who).getByRole('listitem').filter({ hasText: text });
  const line = row.getByRole('button', { name: text });
  if ((await line.getAttribute('aria-expanded')) === 'false') await line.click();
  await row.getByRole('button', { name: button, exact: true }).click();
}

async function pictured(who: Person, name: string): Promise<void> {
  await atSizes(who.page, sizes, { folder: 'control', name }, async (at) => {
    expect(await tooSmall(who), at).toEqual([]);
  });
}

/** Controls too small for a thumb or outside of the screen, and how much sticks out of the page. */
function tooSmall({ page }: Person): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('.dock button, .dock textarea, dialog button, dialog input')]
      .map((control) => ({ control, box: control.getBoundingClientRect() }))
      .filter(({ box }) => box.width > 0)
      .filter(({ box }) => box.width < 43.5 || box.height < 43.5 || box.left < 0 || box.right > innerWidth)
      .map(({ control, box }) => `${control.textContent} ${box.left} ${box.width}×${box.height}`),
  );
}

test('a mode chosen on the phone is in force: a write is not asked', async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await expect(modeChip(ana)).toHaveText('Ask');
  await choose(ana, modeChip(ana), /^Accept edits/);
  await expect(modeChip(ana)).toHaveText('Accept edits');
  await expect(ana.page.getByRole('dialog')).toHaveCount(0);
  await ana.say('[[write unasked.txt]]');
  await expect(ana.receipts).toHaveCount(1);
  expect(existsSync(join(daemon.project, 'unasked.txt'))).toBe(true);
});

test('a model and an effort chosen on the phone reach the API', async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[text one]]');
  await expect(ana.receipts).toHaveCount(1);
  await expect(modelChip(ana)).not.toHaveText('Default');
  await choose(ana, modelChip(ana), /^Haiku/);
  await ana.page.getByRole('dialog').getByRole('button', { name: /^Low/ }).click();
  await expect(modelChip(ana)).toHaveText(/^haiku.* · low$/);
  await pictured(ana, 'model');
  await ana.page.goBack();
  await expect(ana.page.getByRole('dialog')).toHaveCount(0);
  await ana.say('[[text two]]');
  await expect(ana.receipts).toHaveCount(2);
  const asked = daemon.api.requests.filter((request) => request.picked?.name === 'text').at(-1);
  expect(JSON.stringify(asked?.body)).toContain('haiku');
  await expect(modelChip(ana)).toHaveText(/^haiku \d.* · low$/);
});

test('what waits is edited, moved and withdrawn on the phone, and answered in that order', async ({
  ana,
  daemon,
}) => {
  await ana.pair();
  await ana.startConversation();
  await choose(ana, modeChip(ana), /^Accept edits/);
  await choose(ana, modelChip(ana), /^Extra high/);
  await ana.button('Close').click();
  await ana.say('[[hold queue]]');
  await daemon.api.waiting('queue');
  for (const word of ['a', 'b', 'c']) {
    await ana.say(`[[text ${word}]]`);
    await expect(waiting(ana)).toContainText(`[[text ${word}]]`);
  }
  await change(ana, '[[text a]]', 'Edit');
  const field = ana.page.getByRole('textbox', { name: 'Change the waiting message' });
  await field.fill('[[text edited]]');
  await pictured(ana, 'queue-edit');
  await ana.page.getByRole('button', { name: 'Save' }).click();
  await expect(waitingWords(ana)).toHaveText(['[[text edited]]', '[[text b]]', '[[text c]]']);
  await change(ana, '[[text b]]', 'Withdraw');
  await expect(waitingWords(ana)).toHaveText(['[[text edited]]', '[[text c]]']);
  await expect(ana.messageBox).toHaveValue('[[text b]]');
  await change(ana, '[[text c]]', 'Move up');
  await expect(waitingWords(ana)).toHaveText(['[[text c]]', '[[text edited]]']);
  await pictured(ana, 'queue');
  daemon.api.release('queue');
  await expect(ana.receipts).toHaveCount(3);
  await expect(ana.answers).toHaveText(['before the gate after the gate', 'c', 'edited']);
  await expect(waiting(ana)).toHaveCount(0);
});

test('a message that Claude gets while it is being changed: said quietly, and the change is kept', async ({
  ana,
  daemon,
}) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[hold editing]]');
  await daemon.api.waiting('editing');
  await ana.say('[[text as it was]]');
  await change(ana, '[[text as it was]]', 'Edit');
  await ana.page.getByRole('textbox', { name: 'Change the waiting message' }).fill('Too late');
  daemon.api.release('editing');
  await expect(ana.page.getByText('Claude has it already.')).toBeVisible();
  await expect(ana.answers.last()).toHaveText('as it was');
  await expect(ana.messageBox).toHaveValue('Too late');
  await ana.messageBox.fill('Another');
  await expect(ana.page.getByText('Claude has it already.')).toHaveCount(0);
});

test('the keyboard alone moves a waiting message, and keeps its place', async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[hold keys]]');
  await daemon.api.waiting('keys');
  for (const word of ['one', 'two', 'three']) {
    await ana.say(word);
    await expect(waiting(ana)).toContainText(word);
  }
  await waiting(ana).getByRole('button', { name: 'three' }).press('Enter');
  await ana.button('Move up').press('Enter');
  await expect(waitingWords(ana)).toHaveText(['one', 'three', 'two']);
  await expect(ana.button('Move up')).toBeFocused();
  await ana.button('Move up').press('Enter');
  await expect(waitingWords(ana)).toHaveText(['three', 'one', 'two']);
  await expect(ana.button('Move down')).toBeFocused();
});

test('words said now, and a waiting message sent now, reach the running turn', async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[bash touch made.txt]]');
  await expect(ana.button('Allow')).toBeVisible();
  await ana.say('Waits, then does not.');
  await change(ana, 'Waits, then does not.', 'Send now');
  await ana.messageBox.fill('By the way: hurry.');
  await pictured(ana, 'say-now');
  await ana.button('Say it now').click();
  await ana.button('Allow').click();
  await expect(ana.receipts).toHaveCount(1);
  await expect(ana.words).toHaveCount(3);
  await expect(ana.page.getByText('Answered')).toHaveCount(3);
  for (const words of ['By the way: hurry.', 'Waits, then does not.']) {
    const told = daemon.api.requests.some((request) => JSON.stringify(request.body ?? '').includes(words));
    expect(told, words).toBe(true);
  }
  await expect(ana.receipts).toHaveCount(1);
});

test('with a keyboard up, a request open and three messages waiting, the composer is in sight', async ({
  ana,
}) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[bash touch made.txt]]');
  await expect(ana.button('Allow')).toBeVisible();
  for (const word of ['one', 'two', 'three']) {
    await ana.say(word);
    await expect(waiting(ana)).toContainText(word);
  }
  await ana.page.setViewportSize({ width: 320, height: 340 });
  await expect(ana.messageBox).toBeInViewport({ ratio: 1 });
  await expect(ana.button('Back')).toBeInViewport({ ratio: 1 });
  await expect(waiting(ana)).toBeInViewport({ ratio: 0.3 });
  await takePicture(ana.page, 'control', 'keyboard-320-light');
  await ana.page.setViewportSize({ width: 640, height: 160 });
  await expect(ana.messageBox).toBeInViewport({ ratio: 1 });
});

test('Stop asks about what waits, and drops it when told to', async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[hold stop]]');
  await daemon.api.waiting('stop');
  for (const word of ['never', 'nor this']) {
    await ana.say(`[[text ${word}]]`);
    await expect(waiting(ana)).toContainText(word);
  }
  await ana.page.getByRole('button', { name: 'Stop', exact: true }).click();
  await pictured(ana, 'stop');
  await ana.button('Stop and drop 2 waiting').click();
  await expect(ana.receipts).toContainText('Stopped');
  await expect(waiting(ana)).toHaveCount(0);
  await ana.say('[[text later]]');
  await expect(ana.receipts).toHaveCount(2);
  await expect(ana.answers.last()).toHaveText('later');
  await expect(ana.words).toHaveText(['[[hold stop]]', '[[text later]]']);
});

test('Stop alone lets what waits go on', async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[hold go-on]]');
  await daemon.api.waiting('go-on');
  await ana.say('[[text next]]');
  await expect(waiting(ana)).toContainText('next');
  await ana.page.getByRole('button', { name: 'Stop', exact: true }).click();
  await ana.page
    .getByRole('group', { name: 'Stop Claude' })
    .getByRole('button', { name: 'Stop', exact: true })
    .click();
  await expect(ana.answers.last()).toHaveText('next');
});

test('bypassing permissions is refused in words that say where it is allowed', async ({ ana }) => {
  await ana.pair();
  await ana.startConversation();
  await choose(ana, modeChip(ana), /^Bypass/);
  await expect(ana.page.getByRole('alert')).toContainText('switched off on the computer');
  await pictured(ana, 'mode');
  await ana.button('Close').click();
  await expect(modeChip(ana)).toHaveText('Ask');
});

test('a chip changed on one phone shows on the other', async ({ ana, newPerson }) => {
  await ana.pair();
  await ana.startConversation();
  const bob = await newPerson();
  await bob.pair();
  await bob.page.goto(ana.page.url());
  await expect(modeChip(bob)).toHaveText('Ask');
  await choose(ana, modeChip(ana), /^Plan/);
  await expect(modeChip(bob)).toHaveText('Plan');
});

test('at rest the composer is 56 px, its chips 44 px, also at 320 px', async ({ ana }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.page.setViewportSize({ width: 320, height: 640 });
  const heights = await ana.page.evaluate(() =>
    ['form.composer', '.chips'].map((part) => document.querySelector(part)?.getBoundingClientRect().height),
  );
  expect(heights).toEqual([56, 44]);
  await pictured(ana, 'rest');
});
