// Claude asks the person something: what is picked and typed is exactly what it is told.
import type { TestDaemon } from '../../daemon/testing/test-daemon.ts';
import { expect, test } from '../people/story.ts';

/** Every result of a tool that was sent to Claude's API, as text. */
function toldToClaude(daemon: TestDaemon): string {
  return daemon.api.requests
    .flatMap((request) => request.body?.messages ?? [])
    .flatMap((message) => message.blocks)
    .filter((block) => block.type === 'tool_result')
    .map((block) => JSON.stringify(block['content']))
    .join('\n');
}

test('one choice, several choices and own words reach Claude as they were picked', { tag: '@core' }, async ({
  ana,
  daemon,
}) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[ask]]');
  const library = ana.page.getByRole('group', { name: /Which library should we use/ });
  const features = ana.page.getByRole('group', { name: /Which features do you want/ });
  await expect(ana.button('Answer')).toBeDisabled();
  await library.getByRole('radio', { name: /date-fns/ }).check();
  await library.getByRole('radio', { name: /luxon/ }).check();
  await expect(ana.button('Answer 1 of 2')).toBeEnabled();
  await features.getByRole('checkbox', { name: /Zones/ }).check();
  await features.getByRole('checkbox', { name: /Parsing/ }).check();
  await features.getByRole('checkbox', { name: 'Other' }).check();
  await features.getByRole('textbox', { name: /^Other/ }).fill('Calendars');
  await library.getByRole('button', { name: /note/ }).click();
  await library.getByRole('textbox', { name: /^Note/ }).fill('but keep it small');
  await ana.button('Answer').click();
  await expect(ana.receipts).toHaveCount(1);
  const told = toldToClaude(daemon);
  expect(told).toContain('\\"Which library should we use?\\"=\\"luxon\\"');
  expect(told).toContain('\\"Which features do you want?\\"=\\"Parsing, Zones, Calendars\\"');
  expect(told).toContain('but keep it small');
});

test('own words alone, and the second question left open', async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[ask]]');
  const library = ana.page.getByRole('group', { name: /Which library should we use/ });
  await library.getByRole('radio', { name: 'Other' }).check();
  await expect(ana.button('Answer')).toBeDisabled();
  await library.getByRole('textbox', { name: /^Other/ }).fill('Temporal, natively');
  await ana.button('Answer 1 of 2').click();
  await expect(ana.receipts).toHaveCount(1);
  expect(toldToClaude(daemon)).toContain('Temporal, natively');
});

test('a question that is skipped tells Claude that nobody answered', async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[ask]]');
  await ana.button('Skip').click();
  await expect(ana.receipts).toHaveCount(1);
  expect(toldToClaude(daemon)).toContain('The user did not answer the questions');
});

test('words instead of an answer reach Claude', async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[ask]]');
  await ana.button('Talk instead…').click();
  await expect(ana.button('Say this')).toBeDisabled();
  await ana.page.getByRole('textbox', { name: 'Words instead of an answer' }).fill('Why a library at all?');
  await ana.button('Say this').click();
  await expect(ana.receipts).toHaveCount(1);
  expect(toldToClaude(daemon)).toContain('Why a library at all?');
});

test('the keyboard alone is enough to answer', async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[ask]]');
  await ana.page.getByRole('radio', { name: /date-fns/ }).focus();
  await ana.page.keyboard.press('Space');
  await ana.page.keyboard.press('ArrowDown');
  await expect(ana.page.getByRole('radio', { name: /luxon/ })).toBeChecked();
  await ana.button('Answer 1 of 2').focus();
  await ana.page.keyboard.press('Enter');
  await expect(ana.receipts).toHaveCount(1);
  expect(toldToClaude(daemon)).toContain('=\\"luxon\\"');
});

test('what was picked on one phone does not stand in the way of an answer from another', async ({
  ana,
  newPerson,
  daemon,
}) => {
  await ana.pair();
  await ana.startConversation();
  const bob = await newPerson();
  await bob.pair();
  await ana.say('[[ask]]');
  await ana.page.getByRole('radio', { name: /date-fns/ }).check();
  await bob.page.getByRole('link', { name: /ask/ }).click();
  await bob.page.getByRole('radio', { name: /luxon/ }).check();
  await bob.button('Answer 1 of 2').click();
  await expect(ana.page.getByRole('region', { name: 'Claude asks' })).toHaveCount(0);
  await expect(ana.receipts).toHaveCount(1);
  expect(toldToClaude(daemon)).toContain('=\\"luxon\\"');
});
