// Claude may not do something unasked: the answers beyond Allow and Deny, and the risk in a word.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '../people/story.ts';

test('a rule is shown word for word, and what it allows is not asked again', async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[bash touch a.txt]]');
  await expect(ana.page.getByText('Writes in the project')).toBeVisible();
  await ana.button('Always…').click();
  await ana.button(/Bash\(touch a\.txt\).*This project, only you/).click();
  await expect(ana.receipts).toHaveCount(1);
  await ana.say('[[bash touch a.txt]] again');
  await expect(ana.receipts).toHaveCount(2);
  await ana.say('[[bash touch b.txt]]');
  await expect(ana.button('Allow')).toBeVisible();
  const kept = readFileSync(join(daemon.project, '.claude', 'settings.local.json'), 'utf8');
  expect(JSON.parse(kept).permissions.allow).toEqual(['Bash(touch a.txt)']);
});

test('a rule for this session only is written nowhere', async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[bash touch a.txt]]');
  await ana.button('Always…').click();
  await ana.button('Back').last().click();
  await ana.button('Always…').click();
  await ana.button(/Bash\(touch a\.txt\).*This session only/).click();
  await expect(ana.receipts).toHaveCount(1);
  await ana.say('[[bash touch a.txt]] again');
  await expect(ana.receipts).toHaveCount(2);
  expect(existsSync(join(daemon.project, '.claude', 'settings.local.json'))).toBe(false);
});

test('an edited command is what runs; an empty one cannot be allowed', async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[bash rm hello.js]]');
  await expect(ana.page.getByText('Deletes', { exact: true })).toBeVisible();
  await ana.button('Edit the command').click();
  const command = ana.page.getByRole('textbox', { name: 'The command to run' });
  await expect(command).toHaveValue('rm hello.js');
  await command.fill(' ');
  await expect(ana.button('Allow edited')).toBeDisabled();
  await command.fill('touch kept.txt');
  await expect(ana.page.getByText('Deletes', { exact: true })).toHaveCount(0);
  await ana.button('Allow edited').click();
  await expect(ana.receipts).toHaveCount(1);
  expect(['hello.js', 'kept.txt'].map((name) => existsSync(join(daemon.project, name)))).toEqual([
    true,
    true,
  ]);
});

test('an answer that cannot be given says why, and can be given later', async ({ ana, daemon }) => {
  await ana.pair();
  await ana.startConversation();
  await ana.say('[[bash touch late.txt]]');
  await ana.button('Always…').click();
  const rule = ana.button(/Bash\(touch late\.txt\).*This session only/);
  await expect(rule).toBeVisible();
  await daemon.stop('SIGKILL');
  await rule.click();
  await expect(ana.page.getByRole('region', { name: 'Claude asks' }).getByRole('alert')).toBeVisible();
  // The line with the next try stays until the phone is connected again.
  await expect(ana.button('Try now')).toBeVisible();
  await daemon.start();
  await expect(ana.button('Try now')).toHaveCount(0);
  await rule.click();
  await expect(ana.receipts).toHaveCount(1);
  expect(existsSync(join(daemon.project, 'late.txt'))).toBe(true);
});
