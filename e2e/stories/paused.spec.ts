// All is paused at the computer: the phone says so, what is sent waits, and whoever may approve lets it go on from there.
import { look } from '../people/look.ts';
import { expect, test } from '../people/story.ts';

test('paused at the computer: the phone says so, what is sent waits, and Resume lets it go on', async ({
  ana,
  daemon,
}) => {
  await ana.pair();
  await ana.startConversation();
  await daemon.owner.run('daemon.pause', {});
  const line = ana.page.locator('.paused-line').first();
  await expect(line).toHaveText(/^Paused at the computer at \d\d:\d\d\. What you send waits\.\s*Resume$/);
  await ana.say('[[text Here I am.]]');
  await ana.page.goBack();
  await expect(ana.page.getByText('Waits, all is paused')).toBeVisible();
  await look(ana.page, 'paused');
  await ana.page.getByRole('button', { name: 'Resume' }).click();
  await expect(line).toHaveCount(0);
  await expect(ana.page.getByText('Here I am.')).toBeVisible();
});
