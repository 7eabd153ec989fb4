// What would fill screens: a pasted blob, a file of one line. And small truths about words: the list shows no marks, and a link that
// leads out of the project is told before Claude reads what is behind it.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { look } from '../people/look.ts';
import { expect, test } from '../people/story.ts';

test('30 kB in one line take less than a screen, until one asks for all', async ({ ana, daemon }) => {
  writeFileSync(join(daemon.project, 'blob.txt'), `${'x'.repeat(30_000)}\n`);
  await ana.pair();
  await ana.startConversation();
  await ana.say(`[[read blob.txt]] ${'y'.repeat(29_000)} needle`);
  await expect(ana.receipts).toHaveCount(1);
  const heightOf = async (selector: string) =>
    (await ana.page.locator(selector).first().boundingBox())?.height ?? 0;
  expect(await heightOf('.bubble')).toBeLessThan(1600);
  await look(ana.page, 'long-line-message');
  await ana.button(/^Read blob\.txt .*done$/).click();
  const cut = ana.page.locator('.code-row');
  await expect(cut.getByRole('button')).toHaveText('Show all 30,000 characters');
  expect(await heightOf('.code-row')).toBeLessThan(1600);
  await look(ana.page, 'long-line-file');
  await cut.getByRole('button').click();
  await expect(cut).toContainText('x'.repeat(30_000));
  await ana.page
    .locator('.bubble')
    .getByRole('button', { name: /^Show all 29/ })
    .click();
  await expect(ana.words.first()).toContainText('needle');
});

test('what is looked for in the rest of a long message opens it', async ({ ana }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say(`[[text short]] ${'word '.repeat(3000)} needle`);
  await expect(ana.receipts).toHaveCount(1);
  await expect(ana.words.first()).not.toContainText('needle');
  await ana.button('Search in this conversation').click();
  await ana.page.getByRole('searchbox').fill('needle');
  await expect(ana.words.first()).toContainText('needle');
});

test('the list says words, and a link out of the project is warned of', async ({ ana, daemon }) => {
  mkdirSync(join(daemon.folder, 'elsewhere'));
  writeFileSync(join(daemon.folder, 'elsewhere', 'secret'), '');
  symlinkSync(join(daemon.folder, 'elsewhere'), join(daemon.project, 'docs'));
  await ana.pair();
  await ana.startConversation();
  await ana.messageBox.fill('look at @hello.js and @docs/secret');
  const note = ana.page.locator('.draft-note.careful');
  await expect(note).toHaveText('@docs/secret is outside this project. Claude will read it without asking.');
  await look(ana.page, 'mention-linked');
  await ana.say('/context');
  await expect(ana.page.getByRole('heading', { name: 'Context Usage' })).toBeVisible();
  await ana.button('Back').click();
  await expect(ana.page.getByRole('link', { name: /Context Usage Model/ })).toBeVisible();
  await expect(ana.page.getByText('**')).toHaveCount(0);
  await look(ana.page, 'now-words');
});
