// Claude asks, the person answers: permission above the keyboard, stop, and what was done.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../people/story.ts';

test('a command waits for the person, runs when allowed, and its output is one tap away', {
  tag: '@core',
}, async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[bash touch made.txt; echo done-it]]');
  await expect(ana.page.getByText('touch made.txt; echo done-it').last()).toBeVisible();
  expect(existsSync(join(daemon.project, 'made.txt'))).toBe(false);
  await ana.button('Allow').click();
  await expect(ana.receipts).toHaveCount(1);
  expect(existsSync(join(daemon.project, 'made.txt'))).toBe(true);
  await ana.button(/^Ran touch/).click();
  await expect(ana.page.getByText('done-it', { exact: true })).toBeVisible();
});

test('a denial with a reason reaches Claude word for word', { tag: '@core' }, async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[bash touch never.txt]]');
  await ana.page.getByRole('button', { name: /Deny/ }).click();
  const reason = ana.page.getByRole('textbox', { name: 'Reason, told to Claude' });
  await reason.fill('Please ask me tomorrow.');
  await ana.page.getByRole('button', { name: /^Deny/ }).last().click();
  await expect(ana.receipts).toHaveCount(1);
  const sent = daemon.api.requests
    .filter((request) => request.body !== undefined)
    .map((request) => JSON.stringify(request.body));
  expect(sent.some((body) => body.includes('Please ask me tomorrow.'))).toBe(true);
  expect(existsSync(join(daemon.project, 'never.txt'))).toBe(false);
});

test('an edit is shown as a diff before it is allowed, and after', async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[write notes.txt]]');
  await expect(ana.page.getByText('line two').last()).toBeVisible();
  await ana.button('Allow').click();
  await expect(ana.receipts).toHaveCount(1);
  expect(readFileSync(join(daemon.project, 'notes.txt'), 'utf8')).toContain('line two');
  await ana.transcript
    .getByRole('button', { name: /notes\.txt/ })
    .first()
    .click();
  await expect(ana.page.getByText('line two').first()).toBeVisible();
});

test('Stop ends the turn', { tag: '@core' }, async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[hold for-ever]]');
  await daemon.api.waiting('for-ever');
  await ana.button('Stop').click();
  await expect(ana.receipts).toContainText('Stopped');
});

test('a request answered on one phone is gone from the other', async ({ ana, newPerson }) => {
  await ana.pair();
  await ana.startConversation();
  const bob = await newPerson();
  await bob.pair();
  await ana.say('[[bash touch shared.txt]]');
  await bob.page.getByRole('link', { name: /bash touch shared/ }).click();
  await bob.button('Allow').click();
  await expect(ana.button('Allow')).toHaveCount(0);
  await expect(ana.receipts).toHaveCount(1);
});
