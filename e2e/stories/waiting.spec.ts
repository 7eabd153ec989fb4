// Only so many conversations are worked on at once: one that waits for its turn says so, and its message can still be changed.
import { expect, test } from '../people/story.ts';

test.use({ daemonOptions: { env: { PORCHLIGHT_MAX_RUNS: '1' } } });

test('a message that waits for another conversation says so, and can be withdrawn', async ({
  ana,
  daemon,
}) => {
  await ana.pair();
  const { conversationId } = await daemon.client.command('conversation.create', { cwd: daemon.project });
  const busy = { conversationId, clientId: 'busy', text: '[[hold other]]' };
  await daemon.client.command('message.send', busy);
  await daemon.api.waiting('other');
  await ana.startConversation();
  await ana.say('[[text mine]]');
  await expect(ana.transcript).toContainText('Waiting for another conversation to finish…');
  const row = ana.page.getByRole('list', { name: 'Waiting for their turn' }).getByRole('listitem');
  await row.getByRole('button').first().click();
  await ana.button('Withdraw').click();
  await expect(ana.messageBox).toHaveValue('[[text mine]]');
  await expect(row).toHaveCount(0);
  await ana.button(/^Send/).click();
  await expect(row).toHaveCount(1);
  daemon.api.release('other');
  await expect(ana.answers).toHaveText('mine');
});
