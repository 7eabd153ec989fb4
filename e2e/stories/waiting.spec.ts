// Only so many conversations are worked on at once: one that waits for its turn says so, and its message can still be changed.
import { createDaemonClient } from '../../daemon/testing/daemon-client.ts';
import { look } from '../people/look.ts';
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

test('what a device had waiting when it was shut out says so, and goes on only when somebody lets it', async ({
  ana,
  daemon,
}) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[hold mine]]');
  await daemon.api.waiting('mine');
  const { token, deviceId } = await daemon.owner.run('token.create', { name: 'Lent phone' });
  const lent = createDaemonClient({ url: daemon.url, home: daemon.home, token });
  const { conversations } = await daemon.client.command('conversation.list', {});
  const conversationId = conversations[0]?.conversationId ?? '';
  for (const text of ['[[text first]]', '[[text second]]'])
    await lent.command('message.send', { conversationId, clientId: crypto.randomUUID(), text });
  await daemon.owner.run('device.revoke', { deviceId });
  const rows = ana.page.getByRole('list', { name: 'Waiting for their turn' }).getByRole('listitem');
  const words = 'From a device that was shut out. Not given to Claude.';
  await expect(rows.filter({ hasText: words })).toHaveCount(2);
  daemon.api.release('mine');
  await expect(ana.receipts).toHaveCount(1);
  await look(ana.page, 'held-messages');
  await rows.filter({ hasText: 'first' }).getByRole('button', { name: 'Remove' }).click();
  await expect(rows).toHaveCount(1);
  await ana.button('Let it go on').click();
  await expect(ana.answers.last()).toHaveText('second');
  await expect(rows).toHaveCount(0);
  await expect(ana.transcript).not.toContainText('first');
});
