// Claude shows its plan before it begins: go in one of two ways, or say what should be different.
import type { TestDaemon } from '../../daemon/testing/test-daemon.ts';
import type { Person } from '../people/person.ts';
import { expect, test } from '../people/story.ts';

async function askForPlan(ana: Person, daemon: TestDaemon): Promise<string> {
  await ana.pair();
  await ana.startConversation();
  const { conversations } = await daemon.client.command('conversation.list', {});
  const conversationId = conversations[0]?.conversationId ?? '';
  await daemon.client.command('conversation.configure', { conversationId, mode: 'plan' });
  await ana.say('[[plan]]');
  await expect(ana.page.getByRole('heading', { name: 'Go ahead with this plan?' })).toBeVisible();
  await expect(
    ana.page.getByRole('region', { name: 'Claude asks' }).getByText('Run the tests'),
  ).toBeVisible();
  return conversationId;
}

async function modesOf(daemon: TestDaemon, conversationId: string): Promise<unknown[]> {
  const events = await daemon.client.readUntil(conversationId, (event) => event.type === 'turn.finished');
  return events.flatMap((event) => (typeof event['mode'] === 'string' ? [event['mode']] : []));
}

function toldToClaude(daemon: TestDaemon): string {
  return daemon.api.requests
    .flatMap((request) => request.body?.messages ?? [])
    .flatMap((message) => message.blocks)
    .filter((block) => block.type === 'tool_result')
    .map((block) => JSON.stringify(block['content']))
    .join('\n');
}

test('Go begins, and edits are not asked about', async ({ ana, daemon }) => {
  const conversationId = await askForPlan(ana, daemon);
  await ana.button('Go, edits accepted').click();
  await expect(ana.receipts).toHaveCount(1);
  expect((await modesOf(daemon, conversationId)).at(-1)).toBe('acceptEdits');
  expect(toldToClaude(daemon)).toContain('User has approved your plan');
  await ana.say('[[write unasked.txt]]');
  await expect(ana.receipts).toHaveCount(2);
});

test('Go can also leave every edit to be asked about', async ({ ana, daemon }) => {
  await askForPlan(ana, daemon);
  await ana.button('Go, ask before edits').click();
  await expect(ana.receipts).toHaveCount(1);
  await ana.say('[[write asked.txt]]');
  await expect(ana.button('Allow')).toBeVisible();
});

test('a plan goes back with a quoted step and words, and stays a plan', async ({ ana, daemon }) => {
  const conversationId = await askForPlan(ana, daemon);
  await ana.button('Change…').click();
  await expect(ana.button('Ask for changes')).toBeDisabled();
  await ana.button('Back').last().click();
  await ana.page.getByRole('region', { name: 'Claude asks' }).getByText('Run the tests').click();
  const words = ana.page.getByRole('textbox', { name: 'What to change in the plan' });
  await expect(words).toHaveValue('> 2. Run the tests\n');
  await expect(words).toBeFocused();
  await words.pressSequentially('Before you write anything.');
  await ana.button('Ask for changes').click();
  await expect(ana.receipts).toHaveCount(1);
  expect(toldToClaude(daemon)).toContain('> 2. Run the tests\\nBefore you write anything.');
  expect((await modesOf(daemon, conversationId)).at(-1)).toBe('plan');
});

test('an edited plan is the one that is carried out', async ({ ana, daemon }) => {
  await askForPlan(ana, daemon);
  await ana.button('Edit the plan').click();
  await ana.page.getByRole('textbox', { name: 'The plan' }).fill('# Plan\n\n1. Only read\n');
  await ana.button('Done editing').click();
  await expect(ana.page.getByText('Edited by you.')).toBeVisible();
  await ana.button('Go, ask before edits').click();
  await expect(ana.receipts).toHaveCount(1);
  const told = toldToClaude(daemon);
  expect(told).toContain('Only read');
  expect(told).toContain('edited by user');
});

test('a piece of the plan can be commented on without a touch, one after the other', async ({
  ana,
  daemon,
}) => {
  await askForPlan(ana, daemon);
  await ana.button('Comment on: 1. Write the file').press('Enter');
  const words = ana.page.getByRole('textbox', { name: 'What to change in the plan' });
  await words.pressSequentially('Which one?');
  await ana.button('Comment on: 2. Run the tests').press('Enter');
  await expect(words).toHaveValue('> 1. Write the file\nWhich one?\n\n> 2. Run the tests\n');
  await expect(words).toBeFocused();
});
