// What is left of a turn when it is over: one line, the account behind it, and in plain words what went wrong and what to do.
import { join } from 'node:path';
import { hold, text, tool } from '../../daemon/testing/scripted-api/replies.ts';
import { expect, test } from '../people/story.ts';

test.use({ daemonOptions: { env: { CLAUDE_CODE_MAX_RETRIES: '1' } } });

test('a turn folds to its receipt, which opens to files, commands, time, cost and tokens', async ({
  ana,
  daemon,
}) => {
  daemon.api.script('work', [
    ({ folder }) => [tool('Write', { file_path: join(folder, 'src/new.ts'), content: 'one\ntwo\n' })],
    () => [text('It is **written**.'), tool('Bash', { command: 'ls src' })],
    () => [text('And looked at.')],
  ]);
  await ana.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await ana.pair();
  await ana.startConversation();
  await ana.acceptEdits();
  await ana.say('[[work]]');
  await expect(ana.receipts).toHaveText(/^Created 1 file · ran 1 command ✓ · \d+ s · \$0\.\d\d$/);
  await ana.receipts.click();
  await expect(ana.page.getByRole('list', { name: 'Files' })).toHaveText(/src\/new\.ts\s*new\s*\+2/);
  await expect(ana.page.getByRole('list', { name: 'Commands' })).toContainText('ls src');
  await expect(ana.page.getByText(/k in, \d+ out/)).toBeVisible();
  await ana.button('Copy').last().click();
  await expect(ana.button('Copied')).toBeVisible();
  const copied = await ana.page.evaluate(() => navigator.clipboard.readText());
  expect(copied).toBe('It is **written**.\n\nAnd looked at.');
  await ana.page.reload();
  await expect(ana.receipts).toHaveText(/^Created 1 file · ran 1 command ✓/);
});

test('many tool calls are one line, which stays open while more come', async ({ ana, daemon }) => {
  const read = ({ folder }: { folder: string }) => tool('Read', { file_path: join(folder, 'hello.js') });
  daemon.api.script('reads', [
    (turn) => [read(turn), read(turn), read(turn)],
    (turn) => [hold('first'), read(turn)],
    (turn) => [hold('second'), text('All is read.'), read(turn)],
  ]);
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[reads]]');
  const run = ana.button('Read 2');
  await expect(run).toBeVisible();
  await expect(ana.tool('hello.js')).toHaveCount(1);
  await run.click();
  await expect(ana.tool('hello.js')).toHaveCount(3);
  await ana.tool('hello.js').first().click();
  await expect(ana.page.getByText("console.log('hello');")).toBeVisible();
  daemon.api.release('first');
  await expect(ana.tool('hello.js')).toHaveCount(4);
  await expect(ana.page.getByText("console.log('hello');")).toBeVisible();
  daemon.api.release('second');
  await expect(ana.receipts).toHaveCount(1);
  await expect(ana.tool('hello.js')).toHaveCount(5);
  await expect(ana.page.getByText("console.log('hello');")).toBeVisible();
  await ana.button('Read 4').click();
  await expect(ana.tool('hello.js')).toHaveCount(1);
});

test('a turn that failed says why; Try again sends the message again, and only then', async ({
  ana,
  daemon,
}) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[e500]]');
  await expect(ana.page.getByText('Anthropic’s servers did not answer as they should.')).toBeVisible();
  await expect(ana.receipts).toHaveText(/^Failed/);
  const asked = () => daemon.api.requests.filter(({ picked }) => picked?.name === 'e500').length;
  const before = asked();
  await expect(ana.words).toHaveCount(1);
  await ana.button('Try again').click();
  await expect(ana.words).toHaveText(['[[e500]]', '[[e500]]']);
  await expect(ana.receipts).toHaveCount(2);
  expect(asked()).toBeGreaterThan(before);
  await expect(ana.button('Try again')).toHaveCount(1);
});

test('an unknown model leads to the choice of models', async ({ ana }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[e404]]');
  await expect(ana.page.getByText('This model is not there')).toBeVisible();
  await ana.button('Choose a model').click();
  await expect(ana.page.getByRole('dialog', { name: 'Model and effort' })).toBeVisible();
});

test('while Claude waits to try again, the line says why and counts down', async ({ ana }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[e529]]');
  await expect(
    ana.page.getByText(/^Anthropic is overloaded, try 1 of 1, (next in \d+ s|trying now)$/),
  ).toBeVisible();
  await expect(ana.receipts).toHaveText(/^Failed/);
});

test('a stopped turn says so, and offers nothing to repair', async ({ ana, daemon }) => {
  daemon.api.script('slowly', [() => [text('Begun.'), hold('never')]]);
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[slowly]]');
  await expect(ana.answers).toHaveText('Begun.');
  await ana.button('Stop').click();
  await expect(ana.receipts).toHaveText(/^Stopped · /);
  await expect(ana.button('Try again')).toHaveCount(0);
});
