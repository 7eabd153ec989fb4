// Every tool call can be read: what it was about in one line, what it really did behind it, and how it ended; also when it
// failed, was refused, or is of a kind that nobody here has heard of.
import { join } from 'node:path';
import { text, tool } from '../../daemon/testing/scripted-api/replies.ts';
import { expectAccessible } from '../people/accessibility.ts';
import { look } from '../people/look.ts';
import { expect, test } from '../people/story.ts';

const source = `// Says hello.
import { name } from './name.ts';

export function hello(times = 3): string {
  return ('Hello ' + name).repeat(times);
}
`;

test('files: a new one, an edit as a diff, and what was read, in colours', async ({ ana, daemon }) => {
  test.setTimeout(180_000);
  const path = (folder: string) => join(folder, 'src/some/deep/folder/hello.ts');
  daemon.api.script('files', [
    ({ folder }) => [text('A new one.'), tool('Write', { file_path: path(folder), content: source })],
    ({ folder }) => [
      text('Changed.'),
      tool('Edit', { file_path: path(folder), old_string: 'times = 3', new_string: 'times = 42' }),
    ],
    ({ folder }) => [text('And read.'), tool('Read', { file_path: path(folder) })],
  ]);
  await ana.pair();
  await ana.startConversation();
  await ana.acceptEdits();
  await ana.say('[[files]]');
  await expect(ana.receipts).toHaveCount(1);
  await ana.tool('Created').click();
  await ana.tool('Edited').click();
  await ana.tool(/^Read/).click();
  const rows = ana.page.locator('.diff').last().locator('.code-row');
  await expect(rows.filter({ hasText: 'times = 3' })).toHaveClass(/removed/);
  await expect(rows.filter({ hasText: 'times = 42' })).toHaveClass(/added/);
  await expect(ana.page.locator('.code-lines .ink-keyword').first()).toHaveText('import');
  await expect(ana.page.locator('.diff .ink-comment').first()).toHaveText('// Says hello.');
  await look(ana.page, 'tools-read');
  await ana.tool('Edited').scrollIntoViewIfNeeded();
  await look(ana.page, 'tools-diff');
  await expectAccessible(ana.page, 'tools');
});

test('a command that failed shows its colours, its errors and how it ended', async ({ ana }) => {
  test.setTimeout(180_000);
  await ana.pair();
  await ana.startConversation();
  await ana.say(
    String.raw`[[bash printf '\033[32mgood\033[0m \033[31mbad\033[0m\n'; echo oops >&2; exit 3]]`,
  );
  await ana.button('Allow').click();
  await expect(ana.receipts).toHaveText(/^Ran 1 command ✗/);
  await ana.tool('Ran').click();
  await expect(ana.page.getByText('Exit code 3')).toBeVisible();
  await expect(ana.page.locator('.terminal .ansi-green')).toHaveText('good');
  await expect(ana.page.locator('.terminal').filter({ hasText: 'oops' })).toBeVisible();
  await look(ana.page, 'tools-command');
});

test('what was refused says so in the person’s own words', async ({ ana }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[bash touch a.txt]]');
  await ana.button('Deny…').click();
  await ana.page.getByRole('textbox', { name: /why|reason|tell/i }).fill('Not in this folder');
  await ana.button(/^Deny/).last().click();
  await expect(ana.receipts).toHaveCount(1);
  await ana.tool(/^Run/).click();
  await expect(ana.page.locator('.failure')).toContainText('Not in this folder');
});

test('an edit of a file that was not read says why it failed', async ({ ana, daemon }) => {
  daemon.api.script('unread', [
    ({ folder }) => [
      tool('Edit', { file_path: join(folder, 'hello.js'), old_string: 'nothing', new_string: 'x' }),
    ],
  ]);
  await ana.pair();
  await ana.startConversation();
  await ana.acceptEdits();
  await ana.say('[[unread]]');
  await expect(ana.receipts).toHaveCount(1);
  await ana.tool('Edit').click();
  await expect(ana.page.locator('.failure')).toContainText(/not found|not been read/);
});

test('an agent’s work is nested under its call', async ({ ana }) => {
  test.setTimeout(180_000);
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[task {{bash echo from-subagent}}]]');
  await expect(ana.receipts).toHaveCount(1);
  await ana.tool('Look around').click();
  await ana.tool('echo from-subagent').click();
  await expect(ana.page.locator('.tool-body .terminal')).toHaveText('from-subagent');
  await look(ana.page, 'tools-agent');
});

test('answers to questions, and tools that are not known here, are read as names and values', async ({
  ana,
  daemon,
}) => {
  test.setTimeout(180_000);
  daemon.api.script('others', [
    () => [tool('Skill', { skill: 'nothing-of-this-name' })],
    () => [
      text('Once more.'),
      tool('FutureTool', { topic: 'tables', deep: { names: ['a', 'b'], isNew: true } }),
    ],
    () => [text('And again.'), tool('ToolSearch', { query: 'select:TaskOutput', max_results: 3 })],
  ]);
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[ask]]');
  await ana.page.getByRole('radio', { name: /luxon/ }).check();
  await ana.page.getByRole('checkbox', { name: /Zones/ }).check();
  await ana.button('Answer').click();
  await expect(ana.receipts).toHaveCount(1);
  await ana.tool('Asked').click();
  await expect(ana.page.getByRole('definition').filter({ hasText: 'luxon' })).toBeVisible();
  await look(ana.page, 'tools-question');
  await ana.say('[[others]]');
  await expect(ana.receipts).toHaveCount(2);
  await ana.tool('Future Tool').click();
  await expect(ana.page.locator('.key-value').filter({ hasText: 'is new' }).first()).toContainText('yes');
  await ana.tool('tools').click();
  await look(ana.page, 'tools-unknown');
});

test('work in the background', async ({ ana }) => {
  test.setTimeout(180_000);
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[bashbg sleep 1; echo over]]');
  await expect(ana.receipts).toHaveCount(2);
  await ana.tool('Ran').first().click();
  await expect(ana.page.getByText('Goes on in the background.')).toBeVisible();
  await expect(ana.receipts.last()).toHaveText(/^After background work/);
  await look(ana.page, 'tools-background');
});
