// Searching reaches what the conversation went back before, too.
import { expect, test } from '../people/story.ts';

test('what is found in a part that was set aside is opened', async ({ ana }) => {
  await ana.pair();
  await ana.startConversation();
  for (const [index, word] of ['one', 'two', 'three'].entries()) {
    await ana.say(`[[text ${word}]]`);
    await expect(ana.receipts).toHaveCount(index + 1);
  }
  await ana.button('What to do with this message').nth(1).click();
  await ana.page
    .getByRole('dialog')
    .getByRole('button', { name: /^Go back to here/ })
    .click();
  await expect(ana.transcript).toContainText('set aside · Show');
  await ana.button('Search in this conversation').click();
  await ana.page.getByRole('searchbox', { name: 'Search in this conversation' }).fill('three');
  await expect(ana.answers.filter({ hasText: 'three' })).toBeInViewport();
  await ana.button(/set aside · Hide/).click();
  await expect(ana.answers).toHaveText(['one']);
});
