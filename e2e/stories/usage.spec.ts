// How full the context is, what was spent, and the limits of the plan: in a conversation and on Now.
import { text, tool, usage } from '../../daemon/testing/scripted-api/replies.ts';
import { expectAccessible } from '../people/accessibility.ts';
import { look } from '../people/look.ts';
import { expect, test } from '../people/story.ts';

test('the ring shows how full the context is; the sheet says what fills it and makes room', async ({
  ana,
  daemon,
}) => {
  daemon.api.script('full', [() => [text('Much was read.'), usage({ input_tokens: 850_000 })]]);
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[full]]');
  const ring = ana.button('Usage, context 85 % full');
  await expect(ring).toBeVisible();
  await ring.click();
  const sheet = ana.page.getByRole('dialog', { name: 'Usage' });
  await expect(sheet.getByText('850k of 1M tokens')).toBeVisible();
  await expect(sheet).toContainText(/Last turn\$\d+\.\d\dThis conversation\$\d+\.\d\dToday\$/);
  await expect(sheet).toContainText(/By project, last 30 daysproject\$/);
  await sheet.getByRole('button', { name: 'What fills it?' }).click();
  await expect(sheet.getByText('System prompt')).toBeVisible();
  await sheet.getByRole('button', { name: 'Make room' }).click();
  await expect(ana.page.getByText(/is now a summary/)).toBeVisible();
});

test('what it cost adds up over conversations and stays when one is deleted', async ({ ana }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[big]]');
  await expect(ana.receipts).toHaveCount(1);
  await ana.button('Menu of this conversation').click();
  await ana.button('Delete…').click();
  await ana.button('Delete for good').click();
  await ana.button('Usage').click();
  const sheet = ana.page.getByRole('dialog', { name: 'Usage' });
  await expect(sheet).toContainText(/Today\$\d+\.\d\dLast 7 days\$\d+\.\d\dLast 30 days\$\d+\.\d\d/);
  await expect(sheet.getByText('Context')).toHaveCount(0);
});

test('when the run cannot be asked, the sheet says so and keeps what it knows', async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[text Hello]]');
  await expect(ana.receipts).toHaveCount(1);
  await ana.button(/^Usage/).click();
  const sheet = ana.page.getByRole('dialog', { name: 'Usage' });
  await expect(sheet.getByText(/of 1M tokens/)).toBeVisible();
  await daemon.stop('SIGKILL');
  await sheet.getByRole('button', { name: 'What fills it?' }).click();
  await expect(sheet.getByRole('alert')).toBeVisible();
  await expect(sheet.getByText(/of 1M tokens/)).toBeVisible();
  await daemon.start();
});

test('Claude’s list stands above the composer until it is done', async ({ ana, daemon }) => {
  const steps = ['First task', 'Second task'];
  daemon.api.script('steps', [
    () => steps.map((subject) => tool('TaskCreate', { subject, description: subject })),
    () => [tool('TaskUpdate', { taskId: '1', status: 'completed' })],
    () => [tool('TaskUpdate', { taskId: '2', status: 'in_progress' }), text('Half way.')],
  ]);
  daemon.api.script('rest', [() => [tool('TaskUpdate', { taskId: '2', status: 'completed' })]]);
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[steps]]');
  const list = ana.page.getByRole('region', { name: 'Claude’s list' });
  await expect(list).toContainText('1 of 2Second task');
  await list.getByRole('button').click();
  await expect(list.getByRole('listitem')).toHaveText(['Done: First task', 'In progress: Second task']);
  await ana.say('[[rest]]');
  await expect(list).toHaveCount(0);
});

test.describe('with a subscription', () => {
  test.use({
    daemonOptions: { env: { ANTHROPIC_API_KEY: '', CLAUDE_CODE_OAUTH_TOKEN: 'sk-ant-oat01-made-up' } },
  });

  test('a limit that is near and one that is reached show with their reset, here and on Now', async ({
    ana,
  }) => {
    test.setTimeout(180_000);
    await ana.pair();
    await ana.startConversation();
    await ana.say('[[limitok]]');
    const line = ana.button(/5-hour window/);
    await expect(line).toHaveText(/^91 % of the 5-hour window used\. Resets (tomorrow )?\d\d:\d\d\.$/);
    await ana.say('[[limit]]');
    await expect(line).toHaveText(/^5-hour window used up\. Resets (tomorrow )?\d\d:\d\d\.$/);
    await expect(
      ana.page.getByText(/^The 5-hour window of your plan is used up\. It begins anew (at|tomorrow)/),
    ).toBeVisible();
    await look(ana.page, 'limit-reached');
    await expectAccessible(ana.page, 'limit reached');
    await ana.button('Back').click();
    await expect(line).toBeVisible();
    await line.click();
    await expect(ana.page.getByRole('dialog', { name: 'Usage' })).toContainText(
      /5-hour window: used up, resets (tomorrow )?\d\d:\d\d/,
    );
    await look(ana.page, 'usage-on-now');
    await expectAccessible(ana.page, 'usage');
  });
});
