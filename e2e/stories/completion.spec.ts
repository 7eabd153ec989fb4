// Choosing instead of typing: commands and skills behind a slash, files behind an `@`; what Claude Code itself answers to its
// own commands; a warning where a file lies outside the project. And what all that looks like.
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestDaemon } from '../../daemon/testing/test-daemon.ts';
import { startTestDaemon } from '../../daemon/testing/test-daemon.ts';
import { trustFolders } from '../../daemon/testing/trust-folders.ts';
import { expectAccessible } from '../people/accessibility.ts';
import { Person } from '../people/person.ts';
import { atSizes, takePicture } from '../people/pictures.ts';
import { expect, test } from '../people/story.ts';

const sizes = [
  { name: '320', width: 320, height: 480 },
  { name: '390', width: 390, height: 844 },
];

/** A project of the person's own, trusted in Claude Code: with a command, a skill, folders, and a file with a space. */
async function furnish(daemon: TestDaemon): Promise<void> {
  const { project } = daemon;
  for (const inside of ['.claude/commands', '.claude/skills/brew', 'src/pages', 'my notes'])
    mkdirSync(join(project, inside), { recursive: true });
  const files = {
    '.claude/commands/greet.md':
      '---\ndescription: Greet somebody by name\nargument-hint: <name>\n---\n[[text hello $ARGUMENTS]]\n',
    '.claude/skills/brew/SKILL.md': '---\nname: brew\ndescription: Brew some tea\n---\n[[text brewing]]\n',
    'src/pages/home.ts': 'export {};\n',
    'src/pages/about.ts': 'export {};\n',
    'src/index.ts': 'export {};\n',
    'my notes/to do.txt': 'tea\n',
    'README.md': '# Tea\n',
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text);
  symlinkSync('/etc', join(project, 'etc-link'));
  await trustFolders(daemon, [project]);
}

const list = (who: Person) => who.page.getByRole('listbox');
const options = (who: Person) => list(who).getByRole('option');
/** The row of exactly this name: where a file lies is written in its row too. */
const row = (who: Person, name: string) =>
  options(who).filter({ has: who.page.locator('.name').getByText(name, { exact: true }) });
const sendButton = (who: Person) => who.page.getByRole('button', { name: /^Send/ });

async function begin(ana: Person, daemon: TestDaemon): Promise<void> {
  await furnish(daemon);
  await ana.pair();
  await ana.startConversation();
}

/** Types like a person: key by key, behind what is there. */
async function type(who: Person, text: string): Promise<void> {
  await who.messageBox.pressSequentially(text);
}

async function pictured(who: Person, name: string): Promise<void> {
  await atSizes(who.page, sizes, { folder: 'completion', name }, async (at) => {
    const rows = await who.page.evaluate(() =>
      [...document.querySelectorAll('[role=option]')].map((row) => row.getBoundingClientRect().height),
    );
    expect(
      rows.filter((height) => height < 43.5),
      `${at}: rows too low`,
    ).toEqual([]);
    const overflow = await who.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow, `${at}: pixels that stick out`).toBe(0);
    await expect(who.messageBox).toBeInViewport({ ratio: 1 });
  });
}

test('a slash offers commands and skills; a tap takes one, and it reaches Claude', async ({
  ana,
  daemon,
}) => {
  await begin(ana, daemon);
  await type(ana, '/');
  await expect(options(ana).filter({ hasText: '/greet' })).toContainText('Greet somebody by name');
  await expect(options(ana).filter({ hasText: '/brew' })).toBeVisible();
  await expect(options(ana).filter({ hasText: '/help' })).toHaveCount(0);
  await pictured(ana, 'commands');
  await expectAccessible(ana.page, 'commands offered');
  await type(ana, 'gre');
  await expect(options(ana).first()).toContainText('/greet<name>Greet somebody by name');
  await options(ana).first().tap();
  await expect(ana.messageBox).toHaveValue('/greet ');
  await expect(list(ana)).toHaveCount(0);
  await expect(ana.messageBox).toBeFocused();
  await type(ana, 'Bob');
  await sendButton(ana).click();
  await expect(ana.answers.last()).toHaveText('hello Bob');
});

test('what /clear and /compact do is said in plain words, and what they did is marked', async ({
  ana,
  daemon,
}) => {
  await begin(ana, daemon);
  await type(ana, '/c');
  await expect(options(ana).filter({ hasText: '/clear' })).toContainText('Claude forgets; you still see it');
  await expect(options(ana).filter({ hasText: '/compact' })).toContainText('Sums all up, to make room');
  await ana.messageBox.fill('');
  await ana.say('[[text one]]');
  await expect(ana.receipts).toHaveCount(1);
  await ana.say('[[text two]]');
  await expect(ana.receipts).toHaveCount(2);
  await ana.say('/context');
  await expect(ana.page.getByRole('cell', { name: 'System prompt' })).toBeVisible();
  await pictured(ana, 'context');
  await ana.say('/cost');
  await expect(ana.answers.last()).toContainText('Estimated cost');
  await ana.say('/compact');
  await expect(ana.page.getByText(/What was said so far .*is now a summary/)).toBeVisible();
  await ana.say('/clear');
  await expect(ana.page.getByText('Claude starts afresh from here')).toBeVisible();
  await expect(ana.page.getByText('Answered')).toHaveCount(6);
  await pictured(ana, 'marks');
  await ana.say('[[text three]]');
  await expect(ana.answers.last()).toHaveText('three');
});

test('an @ offers files and folders of the project, and folders stay open', async ({ ana, daemon }) => {
  await begin(ana, daemon);
  await type(ana, 'Look at @');
  await expect(options(ana).filter({ hasText: 'README.md' })).toBeVisible();
  await expect(options(ana).filter({ hasText: 'etc-link' })).toHaveCount(0);
  await pictured(ana, 'files');
  await type(ana, 'src');
  await row(ana, 'src/').tap();
  await expect(ana.messageBox).toHaveValue('Look at @src/');
  await row(ana, 'pages/').tap();
  await expect(options(ana)).toHaveText([/about\.ts/, /home\.ts/]);
  await options(ana).filter({ hasText: 'home.ts' }).tap();
  await expect(ana.messageBox).toHaveValue('Look at @src/pages/home.ts ');
  await type(ana, 'and @todo');
  await options(ana).filter({ hasText: 'to do.txt' }).tap();
  await expect(ana.messageBox).toHaveValue('Look at @src/pages/home.ts and @"my notes/to do.txt" ');
});

test('arrows, Enter, Tab and Escape work the list; Enter sends when it is closed', async ({
  newPerson,
  daemon,
}) => {
  const ana = await newPerson({ viewport: { width: 1000, height: 700 }, hasTouch: false, isMobile: false });
  await begin(ana, daemon);
  await type(ana, '/');
  await expect(options(ana).first()).toHaveAttribute('aria-selected', 'true');
  const second = await options(ana).nth(1).getAttribute('id');
  await ana.page.keyboard.press('ArrowDown');
  await expect(ana.messageBox).toHaveAttribute('aria-activedescendant', second ?? '');
  await ana.page.keyboard.press('ArrowUp');
  await ana.page.keyboard.press('ArrowUp');
  await expect(options(ana).last()).toHaveAttribute('aria-selected', 'true');
  await ana.page.keyboard.press('Escape');
  await expect(list(ana)).toHaveCount(0);
  await type(ana, 'gr');
  await expect(list(ana)).toHaveCount(0);
  await ana.messageBox.fill('');
  await type(ana, '/gre');
  await ana.page.keyboard.press('Tab');
  await expect(ana.messageBox).toHaveValue('/greet ');
  await type(ana, 'Eve @READ');
  await expect(options(ana)).toHaveCount(1);
  await ana.page.keyboard.press('Enter');
  await expect(ana.messageBox).toHaveValue('/greet Eve @README.md ');
  await ana.page.keyboard.press('Enter');
  await expect(ana.messageBox).toHaveValue('');
  await expect(ana.answers.last()).toContainText('hello Eve');
  await type(ana, '/context');
  await expect(options(ana)).toHaveCount(1);
  await ana.page.keyboard.press('Enter');
  await expect(ana.page.getByRole('cell', { name: 'System prompt' })).toBeVisible();
  await type(ana, '/');
  await expect(options(ana).first()).toBeVisible();
  await takePicture(ana.page, 'completion', 'desktop');
});

test('the models are those that Claude Code has, and the chip names what is in force after Default', async ({
  ana,
  daemon,
}) => {
  await begin(ana, daemon);
  const chip = ana.button(/^Model and effort:/);
  const choose = (name: RegExp) => ana.page.getByRole('dialog').getByRole('button', { name }).click();
  await expect(chip).toHaveText('Default');
  await chip.click();
  await expect(ana.page.getByRole('dialog').getByRole('button', { name: /^Fable/ })).toContainText(
    'Most capable',
  );
  await pictured(ana, 'models');
  await choose(/^Haiku/);
  await ana.button('Close').click();
  await ana.say('[[text one]]');
  await expect(ana.receipts).toHaveCount(1);
  await expect(chip).toHaveText(/^haiku \d/);
  await chip.click();
  await choose(/^Default \(recommended\)/);
  await ana.button('Close').click();
  await expect(chip).toHaveText(/^opus \d/);
  await ana.say('[[text two]]');
  await expect(ana.receipts).toHaveCount(2);
  await expect(chip).toHaveText(/^opus \d/);
});

test('where nothing fits, nothing is offered, and what is no command is said to be none', async ({
  ana,
  daemon,
}) => {
  await begin(ana, daemon);
  await type(ana, '@zzzzqq');
  await expect(list(ana)).toHaveCount(0);
  await ana.messageBox.fill('');
  await type(ana, '/nosuch');
  await expect(
    ana.page.getByText('/nosuch is no command here. It goes to Claude as it stands.'),
  ).toBeVisible();
  await pictured(ana, 'no-command');
  await type(ana, ' [[text plain]]');
  await sendButton(ana).click();
  await expect(ana.answers.last()).toHaveText('plain');
});

test('a file outside the project is warned of, in the composer and in a message that waits', async ({
  ana,
  daemon,
}) => {
  await begin(ana, daemon);
  const warning = ana.page.getByText(
    '@/etc/hostname is outside this project. Claude will read it without asking.',
  );
  await ana.messageBox.fill('Read @/etc/hostname');
  await expect(warning).toBeVisible();
  await pictured(ana, 'outside');
  await ana.messageBox.fill('Read @src/index.ts');
  await expect(warning).toHaveCount(0);
  await ana.say('[[hold outside]]');
  await daemon.api.waiting('outside');
  await ana.say('Waits');
  const waiting = ana.page.getByRole('list', { name: 'Waiting for their turn' });
  await waiting.getByRole('button', { name: 'Waits' }).click();
  await waiting.getByRole('button', { name: 'Edit' }).click();
  await waiting.getByRole('textbox').fill('Waits for @/etc/hostname');
  await expect(warning).toBeVisible();
  daemon.api.release('outside');
});

test('while an input method composes, Enter is its own', async ({ ana, daemon }) => {
  await begin(ana, daemon);
  await type(ana, '/gre');
  await expect(options(ana).first()).toContainText('/greet');
  const taken = await ana.messageBox.evaluate((field) => {
    const press = new KeyboardEvent('keydown', {
      key: 'Enter',
      isComposing: true,
      bubbles: true,
      cancelable: true,
    });
    return !field.dispatchEvent(press);
  });
  expect(taken).toBe(false);
  await expect(ana.messageBox).toHaveValue('/gre');
});

test('without Claude or without the computer the list says nothing, and the message is kept', async ({
  browser,
  contextOptions,
}) => {
  const daemon = await startTestDaemon({ claude: 'no-such-claude' });
  const context = await browser.newContext({ ...contextOptions, ignoreHTTPSErrors: true });
  try {
    const ana = new Person(await context.newPage(), daemon);
    await begin(ana, daemon);
    await type(ana, '/');
    await ana.messageBox.fill('@read');
    await expect(options(ana)).toHaveText([/README\.md/]);
    await ana.messageBox.fill('/');
    await expect(list(ana)).toHaveCount(0);
    await expect(ana.page.getByRole('alert')).toHaveCount(0);
    await daemon.stop();
    await expect(ana.messageBox).toHaveAttribute('placeholder', 'Message, will send');
    await ana.messageBox.fill('@read');
    await expect(list(ana)).toHaveCount(0);
    await expect(ana.page.getByRole('alert')).toHaveCount(0);
  } finally {
    await context.close();
    await daemon.close();
  }
});
