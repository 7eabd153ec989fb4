// What a conversation looks like: receipts, runs of tools, failures, Claude's list, the queue, usage. The pictures are for a
// person; see people/look.ts for what is checked.
import { hold, text, tool, usage } from '../../daemon/testing/scripted-api/replies.ts';
import { expectAccessible } from '../people/accessibility.ts';
import { look } from '../people/look.ts';
import { expect, test } from '../people/story.ts';

test.use({
  daemonOptions: { env: { CLAUDE_CODE_MAX_RETRIES: '1', CLAUDE_CODE_ENABLE_TASKS: '0' } },
});

const todos = (done: number) =>
  ['Read what is there', 'Move the folder', 'Write the tests', 'Run them all', 'Say what changed'].map(
    (content, index) => ({
      content,
      status: index < done ? 'completed' : index === done ? 'in_progress' : 'pending',
      activeForm: content,
    }),
  );

test('a list that is worked off, what is queued, and a full context', async ({ ana, daemon }) => {
  test.setTimeout(180_000);
  daemon.api.script('work', [
    ({ folder }) => [
      tool('TodoWrite', { todos: todos(0) }),
      tool('Read', { file_path: `${folder}/hello.js` }),
    ],
    ({ folder }) => [
      tool('Edit', { file_path: `${folder}/hello.js`, old_string: 'hello', new_string: 'goodbye' }),
      tool('Bash', { command: 'ls -la', description: 'List' }),
      tool('TodoWrite', { todos: todos(2) }),
    ],
    () => [hold('half'), text('Half of it is done.'), usage({ input_tokens: 850_000 })],
  ]);
  await ana.pair();
  await ana.startConversation();
  await ana.acceptEdits();
  await ana.say('[[work]]');
  const list = ana.page.getByRole('region', { name: 'Claude’s list' });
  await expect(list).toContainText('2 of 5');
  await ana.say('And then tell me what is next');
  await expect(ana.page.getByText('And then tell me what is next')).toBeVisible();
  await look(ana.page, 'conversation-working');
  await list.getByRole('button').click();
  await look(ana.page, 'conversation-list');
  await expectAccessible(ana.page, 'conversation-list');
  await list.getByRole('button').click();
  daemon.api.release('half');
  await expect(ana.receipts).toHaveCount(2);
  await look(ana.page, 'conversation-full');
  await ana.receipts.first().click();
  await ana.receipts.first().scrollIntoViewIfNeeded();
  await look(ana.page, 'conversation-receipt');
  await expectAccessible(ana.page, 'conversation-receipt');
  await ana.button(/^Usage/).click();
  await ana.button('What fills it?').click();
  await expect(ana.page.getByText('System tools', { exact: true })).toBeVisible();
  await look(ana.page, 'usage');
  await expectAccessible(ana.page, 'usage');
});

const failures = [
  ['e400', 'The turn could not be finished.'],
  ['e401', 'Anthropic does not accept the API key'],
  ['e403', 'This account may not use Claude.'],
  ['e404', 'This model is not there'],
  ['credit', 'The account has no credit left.'],
  ['e529', 'servers did not answer'],
  ['toolong', 'too long for the model'],
] as const;

test('turns that failed, each for another reason', async ({ ana }) => {
  test.setTimeout(180_000);
  await ana.pair();
  await ana.startConversation();
  for (const [index, [script, words]] of failures.entries()) {
    await ana.say(`[[${script}]]`);
    await expect(ana.receipts).toHaveCount(index + 1, { timeout: 60_000 });
    await expect(ana.page.getByText(words)).toBeVisible();
    await look(ana.page, `failed-${script}`);
  }
});
