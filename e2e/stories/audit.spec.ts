// The record of what was allowed, as a person reads it.
import { expectAccessible } from '../people/accessibility.ts';
import { look } from '../people/look.ts';
import { expect, test } from '../people/story.ts';

test('approvals stand there with their command, newest first', async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[bash touch seen.txt]]');
  await ana.button('Allow').click();
  await expect(ana.page.getByText('Answered')).toBeVisible();
  await ana.page.goto(`${daemon.url}/audit`);
  const entries = ana.page.getByRole('listitem');
  await expect(entries.first()).toContainText('allowed Bash: touch seen.txt (in “');
  await expect(entries.filter({ hasText: 'was let in (read, use, approve)' })).toBeVisible();
  await expect(ana.page.getByRole('alert')).toHaveCount(0);
  await look(ana.page, 'audit');
  await expectAccessible(ana.page, 'audit');
});
